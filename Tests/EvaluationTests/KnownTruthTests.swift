import Evaluation
import TestSupport
import Testing

/// Whole comparisons of simulated arms whose accuracies are known: do intervals hold them, are equal
/// arms left alone, and do the planned questions show a difference.
///
/// 2,000 simulations of each in the full suite; 100 otherwise, with room for their luck.
@Suite struct KnownTruthTests {
  /// Numbers of questions that documents have, drawn with equal chances.
  private static let even = Array(2...10)
  private static let uneven = [1, 1, 2, 2, 3, 20]

  /// Accuracies of arms, the first two of which are compared, and numbers of questions.
  private static let plans: [([Double], [Int])] = [
    ([0.75, 0.9], even), ([0.5, 0.7], uneven), ([0.5, 0.7], even), ([0.3, 0.5], even),
    ([0.1, 0.25], even), ([0.5, 0.6], even), ([0.4, 0.6, 0.4, 0.4], even),
    ([0.7, 0.85, 0.7, 0.85], even),
  ]

  private static let count = TestLength.isFull ? 2000 : 100
  /// How far a share of 95%, 6% or 80% of so few simulations may fall short by luck: 4 standard errors.
  private static let luck = TestLength.isFull ? 0.0 : 0.16

  private func simulated(_ random: inout SplitMix64, _ accuracies: [Double]) -> SimulatedArms {
    SimulatedArms(accuracies: accuracies, spread: 0.5 + 0.5 * random.unit())
  }

  @Test func intervalsHoldTheTruth() throws {
    var random = SplitMix64(seed: 41)
    var arms: [String: Tally] = [:]
    var pairs: [String: Tally] = [:]
    for number in 0..<Self.count {
      let accuracies = (0..<4).map { _ in Double(1 + random.index(below: 9)) / 10 }
      let documents = 12 + random.index(below: 49)
      let sizes = number % 4 == 0 ? Self.uneven : Self.even
      let groups = [
        "all", documents < 20 ? "few documents" : "many documents",
        number % 4 == 0 ? "uneven documents" : "even documents",
      ]
      let report = try simulated(&random, accuracies).report(
        documents: documents,
        sizes: sizes,
        using: &random
      )
      for (arm, truth) in zip(report.arms, accuracies) {
        let interval = try #require(arm.measure(.right)?.interval)
        let isHeld = interval.lower <= truth && truth <= interval.upper
        for key in groups + ["accuracy \(truth)"] { arms[key, default: Tally()].add(isHeld) }
      }
      for pair in report.pairs {
        let index = try #require([0, 1, 2, 3].first { "arm\($0)" == pair.first })
        let other = try #require([0, 1, 2, 3].first { "arm\($0)" == pair.second })
        let truth = accuracies[index] - accuracies[other]
        let isHeld = pair.difference.lower <= truth && truth <= pair.difference.upper
        for key in groups { pairs[key, default: Tally()].add(isHeld) }
      }
    }
    for (key, tally) in arms { #expect(tally.share >= 0.93 - Self.luck, "arms, \(key)") }
    for (key, tally) in pairs { #expect(tally.share >= 0.93 - Self.luck, "pairs, \(key)") }
  }

  /// Two equal arms among four, of which the others differ; and four that are all equal.
  @Test(arguments: [false, true])
  func equalArmsAreSeldomCalledDifferent(areAllEqual: Bool) throws {
    var random = SplitMix64(seed: 42)
    var wrong = Tally()
    for _ in 0..<Self.count {
      let equal = Double(1 + random.index(below: 9)) / 10
      let others = (0..<2).map { _ in
        areAllEqual ? equal : Double(1 + random.index(below: 9)) / 10
      }
      let report = try simulated(&random, [equal, equal] + others).report(
        documents: 12 + random.index(below: 49),
        sizes: random.index(below: 4) == 0 ? Self.uneven : Self.even,
        using: &random
      )
      let equalPairs = report.pairs.filter { areAllEqual || $0.second == "arm1" }
      wrong.add(equalPairs.contains { $0.verdict != .notDistinguishable })
    }
    #expect(wrong.share <= 0.06 + Self.luck / 2)
  }

  /// The planned number of documents shows the difference four times of five, alone and among the
  /// pairs of four arms.
  @Test(arguments: plans.prefix(TestLength.isFull ? plans.count : 2))
  func thePlannedQuestionsShowTheDifference(accuracies: [Double], sizes: [Int]) throws {
    var random = SplitMix64(seed: 43)
    let arms = SimulatedArms(accuracies: accuracies, spread: 0.8)
    // Many documents say what the spread is; how few show the difference is then planned.
    let pilot = try #require(
      try SimulatedArms(accuracies: Array(accuracies.prefix(2)), spread: 0.8)
        .report(documents: 2000, sizes: sizes, using: &random).pairs.first
    )
    let pairs = accuracies.count * (accuracies.count - 1) / 2
    let size = SampleSize(significance: 0.05 / Double(pairs))
    let truth = accuracies[0] - accuracies[1]
    let documents = try #require(size.clusters(toDetect: truth, given: pilot.difference))
    var shown = Tally()
    for _ in 0..<Self.count {
      let report = try arms.report(documents: documents, sizes: sizes, using: &random)
      shown.add(report.pairs.first?.verdict == .secondBetter)
    }
    #expect(shown.share >= 0.78 - Self.luck, "\(documents) documents")
  }

  private struct Tally {
    private var hits = 0
    private var count = 0
    var share: Double { Double(hits) / Double(count) }

    mutating func add(_ isHit: Bool) {
      hits += isHit ? 1 : 0
      count += 1
    }
  }
}
