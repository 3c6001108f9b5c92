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
      bias: -8.011,
      weights: [
        2.686, 2.519, -3.492, 1.514, -0.096, -3.741, -0.248, 3.088, 2.404, 0.126, -0.701, 0.017,
        1.194, 1.833, 2.204, 1.198, 1.41, 0.528,
      ]
    ),
    confidence: QuoteWeights(
      bias: -5.007,
      weights: [
        -0.095, 0.426, 2.364, 1.127, 0.03, -2.008, 1.633, -3.683, 0.072, 0.286, 2.135, 0.274, 3.257,
        1.625, 0.783,
      ]
    ),
    quoteMargin: 4
  )
}
