import Answering
import Evaluation
import Foundation

/// Fits a reader's figures: how passages count together, how sure a short answer is and how sure what is
/// shown, quotes included.
struct ReadingFit {
  /// A question with what was read for it.
  struct Item {
    let question: Question
    /// The quotes, the best first, with their logits.
    let ranked: [(quote: ConsideredQuote, score: Double)]

    init(_ considered: AnswerFit.Considered, ranking: QuoteWeights) {
      question = considered.question
      ranked = considered.quotes
        .map { (quote: $0, score: ranking.score($0.features.values)) }
        .sorted { $0.score > $1.score }
    }

    /// What the passages say together.
    func joint(sharpness: Double) -> JointReading {
      JointReading(
        ranked.compactMap { entry in
          entry.quote.reading.map {
            JointReading.Entry(
              reading: $0,
              score: entry.score,
              quote: entry.quote.range,
              isRow: entry.quote.isRow
            )
          }
        },
        question: question.question,
        sharpness: sharpness
      )
    }

    func isRight(_ text: String?) -> Bool {
      text.map { AnswerMetrics.contains($0, accepted: question.answers) } ?? false
    }

    /// What is shown in quotes.
    var quoted: String {
      guard let best = ranked.first else { return "" }
      let margin = AnswerCalibration.standard.quoteMargin
      return ranked.prefix(AnswerSettings().quotes).prefix { $0.score >= best.score - margin }
        .map(\.quote.text).joined(separator: "\n")
    }
  }

  /// The topic of a question: what is asked later is of other topics.
  let topic: (Question) -> String

  private static let sharpnesses = [0, 0.25, 0.5, 0.75, 1]

  func fit(_ items: [Item]) throws -> ReadingCalibration {
    let sharpness = Self.sharpnesses.max { first, second in
      right(items, first) < right(items, second)
    }
    var calibration = try calibration(from: items, sharpness: sharpness ?? 1)
    // One threshold holds with and without a reader, so the confidence is moved to meet it.
    calibration.answer.bias +=
      logit(AnswerSettings().minimumConfidence)
      - logit(try threshold(items, sharpness: calibration.sharpness))
    return calibration
  }

  /// How many first choices are right.
  private func right(_ items: [Item], _ sharpness: Double) -> Int {
    items.count { $0.isRight($0.joint(sharpness: sharpness).choice?.reply.text) }
  }

  private func calibration(from items: [Item], sharpness: Double) throws -> ReadingCalibration {
    var answer = Labelled()
    var short = Labelled()
    for item in items {
      let joint = item.joint(sharpness: sharpness)
      let text = joint.choice?.reply.text
      let importance =
        item.question.kind == .unanswerable ? AnswerFit.unanswerableImportance : 1
      if joint.choice != nil {
        short.add(joint.features.values, item.isRight(text), importance)
      }
      if let quoting = ConfidenceFeatures(item.ranked.map { ($0.quote.features, $0.score) }) {
        answer.add(
          quoting.values + joint.features.values,
          item.isRight(item.quoted) || item.isRight(text),
          importance
        )
      }
    }
    return ReadingCalibration(
      sharpness: sharpness,
      answer: try answer.weights(),
      short: try short.weights(),
      leastShort: ReadingCalibration.standard.leastShort
    )
  }

  /// The threshold, from confidences that were fitted on other topics.
  private func threshold(_ items: [Item], sharpness: Double) throws -> Double {
    let topics = Set(items.map { topic($0.question) }).sorted()
    let fold = Dictionary(
      uniqueKeysWithValues: topics.enumerated().map { ($1, $0 % AnswerFit.folds) }
    )
    var confidences: [Double] = []
    for held in 0..<AnswerFit.folds {
      let fitted = try calibration(
        from: items.filter { fold[topic($0.question)] != held },
        sharpness: sharpness
      )
      for item in items
      where item.question.kind == .unanswerable && fold[topic(item.question)] == held {
        let quoting = ConfidenceFeatures(item.ranked.map { ($0.quote.features, $0.score) })
        let joint = item.joint(sharpness: sharpness)
        confidences.append(
          quoting.map { fitted.answer.probability($0.values + joint.features.values) } ?? 0
        )
      }
    }
    confidences.sort()
    guard !confidences.isEmpty else { return AnswerSettings().minimumConfidence }
    let found = confidences[Int(Double(confidences.count - 1) * AnswerFit.abstention)]
    return min(max(found, 0.01), 0.99)
  }

  private func logit(_ probability: Double) -> Double { log(probability / (1 - probability)) }

  private struct Labelled {
    var features: [[Double]] = []
    var labels: [Bool] = []
    var importance: [Double] = []

    mutating func add(_ values: [Double], _ label: Bool, _ importance: Double) {
      features.append(values)
      labels.append(label)
      self.importance.append(importance)
    }

    func weights() throws -> QuoteWeights {
      let model = try LogisticRegression(
        features: features,
        labels: labels,
        importance: importance,
        penalty: AnswerFit.confidencePenalty
      ).plainCoefficients
      return QuoteWeights(bias: model.bias, weights: model.weights)
    }
  }
}
