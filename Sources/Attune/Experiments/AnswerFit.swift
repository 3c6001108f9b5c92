import Answering
import Evaluation
import Foundation

/// Fits the extractive generator's figures on training and validation questions: how quotes are ranked,
/// how sure an answer is and from when it is given.
struct AnswerFit {
  struct Fitted: CustomStringConvertible {
    let calibration: AnswerCalibration
    let minimumConfidence: Double

    var description: String {
      func line(_ name: String, _ weights: QuoteWeights) -> String {
        let values = weights.weights.map(rounded).joined(separator: ", ")
        return "\(name): bias \(rounded(weights.bias)), weights [\(values)]"
      }
      return [
        line("ranking", calibration.ranking), line("confidence", calibration.confidence),
        "minimum confidence: \(rounded(minimumConfidence))",
        calibration.reading.map { "calibration of the reader: \(json($0.values))" },
      ].compactMap(\.self).joined(separator: "\n")
    }

    private func json(_ values: [String: Double]) -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let data = try? encoder.encode(values.mapValues { Decimal(string: rounded($0)) ?? 0 })
      return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private func rounded(_ value: Double) -> String {
      "\((value * 1000).rounded() / 1000)"
    }
  }

  let session: WorkspaceSession
  /// Nil where answers are quotes alone.
  let reader: (any PassageReader)?
  let progress: @Sendable (String) -> Void

  /// The share of questions without an answer on which Attune is to abstain. The threshold is the lowest
  /// that reaches it, so that as few answers as possible are withheld.
  static let abstention = 0.64
  /// How much a question without an answer counts when the confidence is fitted. They are few among the
  /// questions, and an answer where there is none does more harm than one withheld.
  static let unanswerableImportance = 3.0
  static let confidencePenalty = 3.0
  static let folds = 5

  /// A question with everything that was weighed for it.
  struct Considered {
    let question: Question
    let quotes: [ConsideredQuote]
  }

  func fit(training: [Question], validation: [Question]) throws -> Fitted {
    let considered = try consider(
      (training + validation).filter { isQuotable($0) || $0.kind == .unanswerable }
    )
    var calibration = try calibration(from: considered)
    if reader != nil {
      calibration.reading = try ReadingFit(topic: topic(of:)).fit(
        considered.map { ReadingFit.Item($0, ranking: calibration.ranking) }
      )
    }
    return Fitted(
      calibration: calibration,
      minimumConfidence: try minimumConfidence(from: considered)
    )
  }

  /// The threshold, from confidences that were fitted on other topics than they are shown on: on its own
  /// questions a fit looks surer than it is, and what is asked later is of other topics.
  private func minimumConfidence(from considered: [Considered]) throws -> Double {
    let topics = Set(considered.map { topic(of: $0) }).sorted()
    let fold = Dictionary(
      uniqueKeysWithValues: topics.enumerated().map { ($1, $0 % Self.folds) }
    )
    var confidences: [Double] = []
    for held in 0..<Self.folds {
      let calibration = try calibration(from: considered.filter { fold[topic(of: $0)] != held })
      for entry in considered
      where entry.question.kind == .unanswerable && fold[topic(of: entry)] == held {
        let ranked = ranked(entry, by: calibration.ranking)
        let features = ConfidenceFeatures(ranked.map { ($0.quote.features, $0.score) })
        confidences.append(features.map { calibration.confidence.probability($0.values) } ?? 0)
      }
    }
    confidences.sort()
    return confidences.isEmpty
      ? AnswerSettings().minimumConfidence
      : confidences[Int(Double(confidences.count - 1) * Self.abstention)]
  }

  private func topic(of entry: Considered) -> String { topic(of: entry.question) }

  private func topic(of question: Question) -> String {
    question.topic ?? question.fact ?? question.id
  }

  private func ranked(
    _ entry: Considered,
    by ranking: QuoteWeights
  ) -> [(quote: ConsideredQuote, score: Double)] {
    entry.quotes
      .map { (quote: $0, score: ranking.score($0.features.values)) }
      .sorted { $0.score > $1.score }
  }

  private func calibration(from considered: [Considered]) throws -> AnswerCalibration {
    let ranking = try fitRanking(considered.filter { isQuotable($0.question) })
    let margin = AnswerCalibration.standard.quoteMargin
    var features: [[Double]] = []
    var labels: [Bool] = []
    var importance: [Double] = []
    for entry in considered {
      let ranked = ranked(entry, by: ranking)
      guard
        let best = ranked.first,
        let confidence = ConfidenceFeatures(ranked.map { ($0.quote.features, $0.score) })
      else { continue }
      let shown = ranked.prefix(AnswerSettings().quotes).prefix { $0.score >= best.score - margin }
      let text = shown.map(\.quote.text).joined(separator: "\n")
      features.append(confidence.values)
      importance.append(entry.question.kind == .unanswerable ? Self.unanswerableImportance : 1)
      labels.append(AnswerMetrics.contains(text, accepted: entry.question.answers))
    }
    let model = try LogisticRegression(
      features: features,
      labels: labels,
      importance: importance,
      penalty: Self.confidencePenalty
    ).plainCoefficients
    return AnswerCalibration(
      ranking: ranking,
      confidence: QuoteWeights(bias: model.bias, weights: model.weights),
      quoteMargin: margin
    )
  }

  private func isQuotable(_ question: Question) -> Bool {
    question.isAnswerable && question.kind != .countSum
  }

  private func consider(_ questions: [Question]) throws -> [Considered] {
    progress("reading for \(questions.count) questions")
    let answerer = Answerer(
      passages: session.store,
      traces: session.store,
      embedder: session.embedder,
      reader: reader
    )
    return try questions.map { question in
      Considered(question: question, quotes: try answerer.consider(question.question))
    }
  }

  /// Among the quotes weighed for a question, those that hold an accepted answer should stand first.
  private func fitRanking(_ considered: [Considered]) throws -> QuoteWeights {
    var features: [[Double]] = []
    var labels: [Bool] = []
    for entry in considered {
      let holding = entry.quotes.map {
        AnswerMetrics.contains($0.text, accepted: entry.question.answers)
      }
      guard holding.contains(true) else { continue }
      features += entry.quotes.map(\.features.values)
      labels += holding
    }
    let model = try LogisticRegression(features: features, labels: labels).plainCoefficients
    return QuoteWeights(bias: model.bias, weights: model.weights)
  }
}
