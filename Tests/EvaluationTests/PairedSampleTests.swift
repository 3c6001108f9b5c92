import Evaluation
import TestSupport
import Testing

@Suite struct PairedSampleTests {
  private func sample(_ rows: [Golden.Row]) throws -> PairedSample {
    try PairedSample(
      rows.map { PairedSample.Pair(cluster: $0.name, first: $0.first, second: $0.second) }
    )
  }

  @Test func clusteredIntervalsEqualTheReference() throws {
    for golden in try Golden.load().paired.cases {
      let sample = try sample(golden.pairs)
      let found = try sample.meanDifference()
      #expect(agree(found.mean, golden.mean))
      #expect(agree(found.standardError, golden.se))
      #expect(agree(found.lower, golden.interval[0], tolerance: 1e-9))
      #expect(agree(found.upper, golden.interval[1], tolerance: 1e-9))
      #expect(agreeRelatively(found.pValue, golden.p, tolerance: 1e-8))
      #expect(found.degreesOfFreedom == Double(sample.clusterCount - 1))
      let bootstrap = try sample.bootstrapInterval(seed: 7, resamples: 2000)
      #expect(agree(bootstrap.lower, golden.bootstrap[0], tolerance: 1e-11))
      #expect(agree(bootstrap.upper, golden.bootstrap[1], tolerance: 1e-11))
    }
  }

  @Test func exactSignFlipEqualsSciPy() throws {
    for golden in try Golden.load().paired.cases {
      let found = try sample(golden.pairs).signFlipTest(seed: 1)
      if let expected = golden.signFlip {
        #expect(found.isExact && agree(found.pValue, expected))
      } else {
        #expect(!found.isExact)
      }
    }
  }

  @Test func withoutClustersItIsThePairedTTest() throws {
    let golden = try Golden.load().paired.unclustered
    let found = try sample(golden.pairs).meanDifference()
    #expect(agree(found.mean / found.standardError, golden.t, tolerance: 1e-10))
    #expect(agree(found.pValue, golden.p, tolerance: 1e-9))
  }

  @Test func orderOfQuestionsDoesNotMatterAndSeedsRepeat() throws {
    let rows = try #require(try Golden.load().paired.cases.last).pairs
    var random = SplitMix64(seed: 3)
    let first = try sample(rows)
    let second = try sample(rows.shuffled(using: &random))
    // Sums within a cluster run in another order, so the last bits may differ.
    #expect(agree(try first.meanDifference().lower, try second.meanDifference().lower))
    #expect(first.signFlipTest(seed: 9) == first.signFlipTest(seed: 9))
    #expect(
      try first.bootstrapInterval(seed: 9, resamples: 500)
        == first.bootstrapInterval(seed: 9, resamples: 500)
    )
    #expect(
      try first.bootstrapInterval(seed: 9, resamples: 500)
        != first.bootstrapInterval(seed: 10, resamples: 500)
    )
  }

  @Test func signFlipRarelyRejectsWhereNothingDiffers() throws {
    var random = SplitMix64(seed: 20)
    for clusters in [12, 26] {
      var pValues: [Double] = []
      for _ in 0..<400 {
        let pairs = (0..<clusters).flatMap { cluster in
          let shared = random.normal()
          return (0..<3).map { _ in
            PairedSample.Pair(cluster: "c\(cluster)", first: shared + random.normal(), second: 0)
          }
        }
        pValues.append(
          try PairedSample(pairs).signFlipTest(seed: random.next(), patterns: 500).pValue
        )
      }
      // Under the null p is uniform: the shares below a level lie within 4 standard errors of it.
      for level in [0.05, 0.2, 0.5, 0.8] {
        let share = Double(pValues.count { $0 <= level }) / Double(pValues.count)
        let spread = 4 * (level * (1 - level) / Double(pValues.count)).squareRoot()
        #expect(abs(share - level) <= spread, "\(clusters) clusters, \(level): \(share)")
      }
    }
  }

  @Test func intervalsHoldTheTruthAsOftenAsTheySay() throws {
    var random = SplitMix64(seed: 21)
    var held = 0
    var heldByBootstrap = 0
    for _ in 0..<300 {
      let pairs = (0..<25).flatMap { cluster in
        let shared = random.normal()
        return (0..<Int.random(in: 1...5, using: &random)).map { _ in
          PairedSample.Pair(
            cluster: "c\(cluster)",
            first: 0.3 + shared + random.normal(),
            second: 0
          )
        }
      }
      let sample = try PairedSample(pairs)
      let interval = try sample.meanDifference()
      if interval.lower <= 0.3, 0.3 <= interval.upper { held += 1 }
      let bootstrap = try sample.bootstrapInterval(seed: random.next(), resamples: 400)
      if bootstrap.lower <= 0.3, 0.3 <= bootstrap.upper { heldByBootstrap += 1 }
    }
    #expect((0.90...0.99).contains(Double(held) / 300))
    #expect((0.86...0.99).contains(Double(heldByBootstrap) / 300))
  }

  @Test func equalScoresAreNotDistinguishable() throws {
    let pairs = ["a", "b", "c"].map { PairedSample.Pair(cluster: $0, first: 1, second: 1) }
    let sample = try PairedSample(pairs)
    let found = try sample.meanDifference()
    #expect(found.pValue == 1 && !found.isDistinguishable)
    #expect(sample.signFlipTest(seed: 0).pValue == 1)
  }

  @Test func aComparisonSaysWhetherTheQuestionsTellTheTwoApart() throws {
    func pairs(gain: Double) -> [PairedSample.Pair] {
      (0..<60).map { index in
        let noise = Double((index * 37) % 11 - 5) / 10
        return PairedSample.Pair(cluster: "d\(index % 20)", first: gain + noise, second: 0)
      }
    }
    let clear = try PairedComparison(PairedSample(pairs(gain: 0.5)), seed: 1)
    #expect(clear.verdict == .firstBetter)
    #expect(try #require(clear.questionsNeeded) <= 60)
    let unclear = try PairedComparison(PairedSample(pairs(gain: 0.02)), seed: 1)
    #expect(unclear.verdict == .notDistinguishable)
    #expect(try #require(unclear.questionsNeeded) > 60)
    #expect(unclear.minimalDetectableDifference > abs(unclear.difference.mean))
    #expect(unclear.signFlip.pValue > 0.05 && unclear.bootstrap.lower < 0)
  }

  @Test func aComparisonThatSaysNothingIsRefused() throws {
    #expect(throws: EvaluationError.self) { try PairedSample([]) }
    #expect(throws: EvaluationError.self) {
      try PairedSample([PairedSample.Pair(cluster: "a", first: .nan, second: 1)])
    }
    let one = try PairedSample([PairedSample.Pair(cluster: "a", first: 1, second: 0)])
    #expect(throws: EvaluationError.self) { try one.meanDifference() }
    #expect(throws: EvaluationError.self) { try one.bootstrapInterval(seed: 0) }
  }
}
