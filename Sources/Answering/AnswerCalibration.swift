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
  /// The reader's figures; where absent, those that it brings along.
  package var reading: ReadingCalibration?

  package init(
    ranking: QuoteWeights,
    confidence: QuoteWeights,
    quoteMargin: Double,
    reading: ReadingCalibration? = nil
  ) {
    self.reading = reading
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
      bias: -4.373,
      weights: [
        0.912, 1.084, -0.472, -0.387, -2.204, -0.074, 1.311, 2.491, 0.155, -0.281, -0.855, 0.033,
        0.89, 1.524, 2.203, 0.65, -0.351, -1.44, 1.214, 0.85, -0.034, -0.777, -3.94,
      ]
    ),
    confidence: QuoteWeights(
      bias: -4.65,
      weights: [
        -0.255, 0.437, -0.481, -0.789, -2.06, 0.141, 1.439, 1.05, 0.062, 0.673, -0.179, -2.658,
        2.681, 2.732, 4.238, 0.151, -0.766, -1.359, 0.143,
      ]
    ),
    quoteMargin: 4
  )
}
