import Foundation

/// The learned figures of the extractive generator: how quotes are ranked, and how sure an answer is.
///
/// Fitted by `attune evaluate Experiments/answers.yaml --fit` on questions that are not among those
/// the figures are shown on.
public struct AnswerCalibration: Codable, Hashable, Sendable {
  package var ranking: QuoteWeights
  /// The confidence of an answer: logistic in the best candidates' features.
  package var confidence: QuoteWeights
  /// How far, in logits, a further quote may lie behind the best.
  package var quoteMargin: Double

  package init(ranking: QuoteWeights, confidence: QuoteWeights, quoteMargin: Double) {
    self.ranking = ranking
    self.confidence = confidence
    self.quoteMargin = quoteMargin
  }

  /// The probability that the quotes chosen from these candidates hold the answer.
  func confidence(of candidates: [QuoteCandidate]) -> Double {
    guard let best = candidates.first else { return 0 }
    return 1 / (1 + exp(-confidence.score(best.features)))
  }

  public static let standard = AnswerCalibration(
    ranking: QuoteWeights(
      bias: -4,
      weights: [4, 2, 1, -1, 1, 1, 0.8, -0.8, 0, -1.5]
    ),
    confidence: QuoteWeights(
      bias: -4.5,
      weights: [4, 1.5, 2, -1.5, 2, 0, 0.5, -0.5, 0, 0]
    ),
    quoteMargin: 1.5
  )
}
