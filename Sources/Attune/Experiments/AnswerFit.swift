import Answering
import Evaluation

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
      ].joined(separator: "\n")
    }

    private func rounded(_ value: Double) -> String {
      "\((value * 1000).rounded() / 1000)"
    }
  }

  let session: WorkspaceSession
  let progress: @Sendable (String) -> Void

  /// The share of questions without an answer on which Attune is to abstain. The threshold is the lowest
  /// that reaches it, so that as few answers as possible are withheld.
  private static let abstention = 0.64

  /// A question with everything that was weighed for it.
  private struct Considered {
    let question: Question
    let quotes: [ConsideredQuote]
  }

  func fit(training: [Question], validation: [Question]) throws -> Fitted {
    let considered = try consider(
      (training + validation).filter { isQuotable($0) || $0.kind == .unanswerable }
    )
    let ranking = try fitRanking(considered.filter { isQuotable($0.question) })
    let standard = AnswerCalibration.standard
    let quotes = AnswerSettings().quotes
    var features: [[Double]] = []
    var labels: [Bool] = []
    var questions: [Question] = []
    for entry in considered {
      let ranked = entry.quotes
        .map { (quote: $0, score: ranking.score($0.features.values)) }
        .sorted { $0.score > $1.score }
      guard
        let best = ranked.first,
        let confidence = ConfidenceFeatures(ranked.map { ($0.quote.features, $0.score) })
      else { continue }
      let shown = ranked.prefix(quotes).prefix { $0.score >= best.score - standard.quoteMargin }
      let text = shown.map(\.quote.text).joined(separator: "\n")
      features.append(confidence.values)
      questions.append(entry.question)
      labels.append(AnswerMetrics.contains(text, accepted: entry.question.answers))
    }
    let model = try LogisticRegression(features: features, labels: labels).plainCoefficients
    let confidence = QuoteWeights(bias: model.bias, weights: model.weights)
    let unanswerable = zip(questions, features).filter { $0.0.kind == .unanswerable }
      .map { confidence.probability($0.1) }.sorted()
    return Fitted(
      calibration: AnswerCalibration(
        ranking: ranking,
        confidence: confidence,
        quoteMargin: standard.quoteMargin
      ),
      minimumConfidence: unanswerable.isEmpty
        ? AnswerSettings().minimumConfidence
        : unanswerable[Int(Double(unanswerable.count - 1) * Self.abstention)]
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
      embedder: session.embedder
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
