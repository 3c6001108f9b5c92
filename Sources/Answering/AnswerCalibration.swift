/// The learned figures of the extractive generator: how quotes are ranked, and how sure an answer is.
///
/// Fitted by `attune evaluate Experiments/answers.yaml --fit` on questions that are not among those
/// the figures are shown on.
public struct AnswerCalibration: Codable, Hashable, Sendable {
  package var ranking: QuoteWeights
  /// The confidence of an answer: logistic in ``ConfidenceFeatures``.
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
    ConfidenceFeatures(candidates.map { ($0.features, $0.score) })
      .map { confidence.probability($0.values) } ?? 0
  }

  public static let standard = AnswerCalibration(
    ranking: QuoteWeights(
      bias: -8,
      weights: [3, 1, 0, 1, 0, 0, 1, 3, 2, 0.2, -0.3, 0, 0, 1, 2, 1, 1, 0]
    ),
    confidence: QuoteWeights(
      bias: -2,
      weights: [0.5, 0.3, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1]
    ),
    quoteMargin: 4
  )
}
