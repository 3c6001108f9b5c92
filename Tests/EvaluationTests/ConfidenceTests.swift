import Evaluation
import TestSupport
import Testing

@Suite struct ConfidenceTests {
  private func outcomes(_ golden: Golden.Outcomes) -> [ScoredOutcome] {
    zip(golden.confidence, golden.correct).map { ScoredOutcome(confidence: $0, isCorrect: $1) }
  }

  @Test func measuresEqualTheReference() throws {
    for golden in try Golden.load().outcomes {
      let outcomes = outcomes(golden)
      #expect(agree(try ConfidenceMetrics.auroc(outcomes), golden.auroc))
      #expect(agree(try ConfidenceMetrics.expectedCalibrationError(outcomes), golden.ece))
      let curve = try RiskCoverageCurve(outcomes)
      #expect(agree(curve.area, golden.aurc, tolerance: golden.aurcTolerance))
      #expect((curve.highestCoverage(atRisk: 0.3)?.coverage ?? 0) == golden.coverageAtRisk03)
    }
  }

  @Test func isotonicRegressionEqualsSciPy() throws {
    for golden in try Golden.load().outcomes {
      let fit = try IsotonicRegression(outcomes(golden))
      for (confidence, expected) in zip(golden.isotonicAt, golden.isotonic) {
        #expect(agree(fit.probability(confidence), expected))
      }
      #expect(fit.probability(-1) == fit.values.first)
    }
  }

  @Test func thresholdsServeTheirGoal() throws {
    for golden in try Golden.load().outcomes {
      let outcomes = outcomes(golden)
      let safe = try AnswerThreshold.choose(outcomes, for: .highestCoverage(maximumRisk: 0.3))
      #expect((safe?.coverage ?? 0) == golden.coverageAtRisk03)
      let balanced = try #require(try AnswerThreshold.choose(outcomes, for: .balancedAccuracy))
      #expect(agree(balanced.balancedAccuracy ?? 0, golden.bestBalancedAccuracy))
      // What the threshold says of itself is what applying it gives.
      let given = outcomes.filter { $0.confidence >= balanced.threshold }
      #expect(agree(Double(given.count) / Double(outcomes.count), balanced.coverage))
      #expect(agree(Double(given.count { !$0.isCorrect }) / Double(given.count), balanced.risk))
    }
  }

  @Test func noThresholdWhereNoneServes() throws {
    let wrong = [0.1, 0.9].map { ScoredOutcome(confidence: $0, isCorrect: false) }
    #expect(try AnswerThreshold.choose(wrong, for: .highestCoverage(maximumRisk: 0.5)) == nil)
    #expect(try AnswerThreshold.choose(wrong, for: .balancedAccuracy) == nil)
  }

  @Test func curveDoesNotDependOnTheOrderOfOutcomes() throws {
    var random = SplitMix64(seed: 5)
    let outcomes = (0..<80).map { _ in
      ScoredOutcome(confidence: (random.unit() * 8).rounded() / 8, isCorrect: random.unit() < 0.6)
    }
    let curve = try RiskCoverageCurve(outcomes)
    #expect(try RiskCoverageCurve(outcomes.shuffled(using: &random)) == curve)
    #expect(curve.points.last?.coverage == 1)
    #expect(curve.points.count <= 9)
  }

  @Test func valuesThatCannotBeMeasuredAreRefused() {
    #expect(throws: EvaluationError.self) { try RiskCoverageCurve([]) }
    let odd = [ScoredOutcome(confidence: .nan, isCorrect: true)]
    #expect(throws: EvaluationError.self) { try RiskCoverageCurve(odd) }
    #expect(throws: EvaluationError.self) { try IsotonicRegression(odd) }
    let certain = [ScoredOutcome(confidence: 3, isCorrect: true)]
    #expect(throws: EvaluationError.self) { try ConfidenceMetrics.auroc(certain) }
    #expect(throws: EvaluationError.self) {
      try ConfidenceMetrics.expectedCalibrationError(certain)
    }
  }

  @Test func abstentionIsCountedByCase() {
    var counts = AbstentionCounts()
    #expect(counts.risk == nil && counts.balancedAccuracy == nil)
    for _ in 0..<6 { counts.add(isAnswerable: true, abstained: false, isCorrect: true) }
    for _ in 0..<2 { counts.add(isAnswerable: true, abstained: false, isCorrect: false) }
    for _ in 0..<2 { counts.add(isAnswerable: true, abstained: true, isCorrect: false) }
    for _ in 0..<3 { counts.add(isAnswerable: false, abstained: true, isCorrect: false) }
    counts.add(isAnswerable: false, abstained: false, isCorrect: true)
    #expect(counts.total == 14)
    #expect(counts.accuracyOnAnswerable == 0.6)
    #expect(counts.abstentionRecall == 0.75)
    #expect(counts.abstentionPrecision == 0.6)
    #expect(counts.coverage == 9.0 / 14)
    #expect(counts.risk == 3.0 / 9)
    #expect(agree(counts.balancedAccuracy ?? 0, 0.5 * (0.8 + 0.75)))
  }
}
