import Evaluation
import Testing

@Suite struct FreshnessCostsTests {
  private static func costs(answersPerDay: Double = 1000) throws -> FreshnessCosts {
    try FreshnessCosts(
      arms: [
        .init(arm: "base", answer: 0.1, sync: nil, retraining: nil),
        .init(arm: "retrieval", answer: 0.4, sync: 2, retraining: nil),
        .init(arm: "fine-tuned", answer: 0.1, sync: nil, retraining: 602),
      ],
      answersPerDay: answersPerDay
    )
  }

  @Test func aDayHoldsAnswersAndWhatEachChangeTakes() throws {
    let costs = try Self.costs()
    let curve = costs.curve(pointsPerDecade: 10)
    #expect(curve.count == 41)
    #expect(abs((curve.first?.changesPerDay ?? 0) - 0.1) < 1e-12)
    #expect(abs((curve.last?.changesPerDay ?? 0) - 1000) < 1e-9)
    for point in curve {
      #expect(abs((point.secondsPerDay["base"] ?? 0) - 100) < 1e-9)
      let retrieval = 400 + 2 * point.changesPerDay
      #expect(abs((point.secondsPerDay["retrieval"] ?? 0) - retrieval) < 1e-9)
      let tuned = 100 + 602 * point.changesPerDay
      #expect(abs((point.secondsPerDay["fine-tuned"] ?? 0) - tuned) < 1e-6)
    }
  }

  @Test func atTheBreakEvenBothTakeTheSame() throws {
    let costs = try Self.costs()
    let rate = try #require(
      costs.breakEvenChangesPerDay(retrieval: "retrieval", fineTuned: "fine-tuned")
    )
    #expect(abs(rate - 0.5) < 1e-12)
    let at = costs.arms.map { costs.secondsPerDay($0, changesPerDay: rate) }
    #expect(abs(at[1] - at[2]) < 1e-9)
    let above = costs.arms.map { costs.secondsPerDay($0, changesPerDay: rate * 1.1) }
    #expect(above[1] < above[2])
  }

  @Test func whereOneIsAlwaysCheaperThereIsNoBreakEven() throws {
    func rate(_ retrieval: (Double, Double), _ tuned: (Double, Double)) throws -> Double? {
      try FreshnessCosts(
        arms: [
          .init(arm: "r", answer: retrieval.0, sync: retrieval.1, retraining: nil),
          .init(arm: "f", answer: tuned.0, sync: nil, retraining: tuned.1),
        ],
        answersPerDay: 100
      ).breakEvenChangesPerDay(retrieval: "r", fineTuned: "f")
    }
    #expect(try rate((0.1, 2), (0.4, 600)) == nil)
    #expect(try rate((0.4, 600), (0.1, 2)) == nil)
    #expect(try rate((0.4, 5), (0.4, 5)) == nil)
    #expect(try rate((0, 0), (0, 0)) == nil)
    #expect(try Self.costs().breakEvenChangesPerDay(retrieval: "x", fineTuned: "base") == nil)
  }

  @Test func figuresThatCannotBeAreFaults() {
    for arm in [
      FreshnessCosts.ArmSeconds(arm: "a", answer: -1, sync: nil, retraining: nil),
      .init(arm: "a", answer: 1, sync: .nan, retraining: nil),
      .init(arm: "a", answer: 1, sync: nil, retraining: .infinity),
    ] {
      let error = #expect(throws: EvaluationError.self) {
        try FreshnessCosts(arms: [arm], answersPerDay: 10)
      }
      #expect(error?.code == .invalidValue)
    }
    #expect(throws: EvaluationError.self) { try FreshnessCosts(arms: [], answersPerDay: -1) }
  }
}
