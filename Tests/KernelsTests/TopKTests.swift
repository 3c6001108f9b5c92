import Kernels
import TestSupport
import Testing

@Suite struct TopKTests {
  @Test func selectionEqualsASort() {
    var random = SplitMix64(seed: 21)
    for _ in 0..<300 {
      let count = Int.random(in: 0...60, using: &random)
      // Few distinct values, so that there are ties.
      let scores = (0..<count).map { _ in Float(Int.random(in: -4...4, using: &random)) }
      let k = Int.random(in: 0...20, using: &random)
      let sorted = scores.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
      let expected = sorted.map { Ranked(index: $0.offset, score: $0.element) }
      #expect(TopK.select(scores, k) == Array(expected.prefix(k)))
      let even = Array(expected.filter { $0.index % 2 == 0 }.prefix(k))
      #expect(TopK.select(scores, k, where: { $0 % 2 == 0 }) == even)
    }
  }

  @Test func notANumberIsNeverSelected() {
    let scores: [Float] = [.nan, 1, .nan, .infinity, -.infinity, .nan]
    #expect(TopK.select(scores, 6).map(\.index) == [3, 1, 4])
    #expect(TopK.select(scores, 1).map(\.index) == [3])
  }
}
