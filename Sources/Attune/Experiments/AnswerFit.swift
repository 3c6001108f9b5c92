import Answering
import Evaluation

/// Fits the extractive generator's figures: how quotes are ranked on training questions, how sure an
/// answer is and from when it is given on validation questions.
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

  /// A question with everything that was weighed for it.
  private struct Considered {
    let question: Question
    let quotes: [ConsideredQuote]
  }

  func fit(training: [Question], validation: [Question]) throws -> Fitted {
    let ranking = try fitRanking(try consider(training.filter { isQuotable($0) }))
    let considered = try consider(
      validation.filter { isQuotable($0) || $0.kind == .unanswerable }
    )
    let standard = AnswerCalibration.standard
    let quotes = AnswerSettings().quotes
    var features: [[Double]] = []
    var labels: [Bool] = []
    for entry in considered {
      let ranked = entry.quotes.sorted { ranking.score($0.features) > ranking.score($1.features) }
      guard let best = ranked.first else { continue }
      let limit = ranking.score(best.features) - standard.quoteMargin
      let shown = ranked.prefix(quotes).prefix { ranking.score($0.features) >= limit }
      let text = shown.map(\.text).joined(separator: "\n")
      features.append(best.features.values)
      labels.append(AnswerMetrics.contains(text, accepted: entry.question.answers))
    }
    let model = try LogisticRegression(features: features, labels: labels).plainCoefficients
    let confidence = QuoteWeights(bias: model.bias, weights: model.weights)
    let probabilities = try LogisticRegression(features: features, labels: labels)
    let outcomes = zip(features, labels).map {
      ScoredOutcome(confidence: probabilities.probability($0), isCorrect: $1)
    }
    let threshold = try AnswerThreshold.choose(outcomes, for: .balancedAccuracy)
    return Fitted(
      calibration: AnswerCalibration(
        ranking: ranking,
        confidence: confidence,
        quoteMargin: standard.quoteMargin
      ),
      minimumConfidence: threshold?.threshold ?? AnswerSettings().minimumConfidence
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
