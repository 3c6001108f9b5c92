import Evaluation
import TestSupport
import Testing

@Suite struct RankingMetricsTests {
  @Test func allMeasuresEqualThePlainFormulas() throws {
    for item in try Golden.load().rankings {
      let (ranked, grades, k) = (item.ranked, item.grades, item.k)
      #expect(agree(RankingMetrics.nDCG(ranked: ranked, grades: grades, at: k), item.nDCG))
      #expect(agree(RankingMetrics.recall(ranked: ranked, grades: grades, at: k), item.recall))
      #expect(
        agree(RankingMetrics.precision(ranked: ranked, grades: grades, at: k), item.precision)
      )
      #expect(
        agree(
          RankingMetrics.reciprocalRank(ranked: ranked, grades: grades, at: k),
          item.reciprocalRank
        )
      )
      #expect(
        agree(
          RankingMetrics.averagePrecision(ranked: ranked, grades: grades),
          item.averagePrecision
        )
      )
    }
  }

  @Test func theBestOrderScoresOneAndNoOrderScoresMore() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let ids = Array(0..<12)
      let grades = Dictionary(
        uniqueKeysWithValues: ids.map { ($0, Int.random(in: 0...3, using: &random)) }
      )
      guard grades.values.contains(where: { $0 > 0 }) else { continue }
      let best = ids.sorted { grades[$0, default: 0] > grades[$1, default: 0] }
      #expect(agree(RankingMetrics.nDCG(ranked: best, grades: grades, at: 10), 1))
      let shuffled = ids.shuffled(using: &random)
      let value = RankingMetrics.nDCG(ranked: shuffled, grades: grades, at: 10)
      #expect(value >= 0 && value <= 1 + 1e-12)
    }
  }

  @Test func aRepeatedHitCountsOnce() {
    let grades = ["a": 1, "b": 1]
    #expect(RankingMetrics.recall(ranked: ["a", "a", "a"], grades: grades, at: 3) == 0.5)
    let precision = RankingMetrics.averagePrecision(ranked: ["a", "a", "b"], grades: grades)
    #expect(agree(precision, 5.0 / 6))
    #expect(RankingMetrics.nDCG(ranked: ["a", "a"], grades: ["a": 1], at: 2) == 1)
  }

  @Test func nothingRelevantOrNothingFoundIsZero() {
    #expect(RankingMetrics.nDCG(ranked: ["a"], grades: ["a": 0], at: 10) == 0)
    #expect(RankingMetrics.recall(ranked: [], grades: ["a": 1], at: 10) == 0)
    #expect(RankingMetrics.averagePrecision(ranked: [String](), grades: ["a": 1]) == 0)
  }
}
