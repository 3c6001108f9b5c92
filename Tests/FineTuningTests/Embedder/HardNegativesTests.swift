import FineTuning
import Kernels
import Testing

@Suite struct HardNegativesTests {
  /// Passages on a circle, the question at angle 0, its passage a little off it.
  @Test func ranksAndMarginChooseAndAnswersAreLeftOut() throws {
    let data = try TinyRanking.data(
      [RankingExample(question: "a", positives: [2], undecided: [4], group: "a")]
    )
    let angles: [Float] = (0..<12).map { Float($0) * 0.1 }
    let passages = angles.map { [1 - $0 * $0 / 2, $0] }
    var mining = HardNegatives()
    mining.firstRank = 1
    mining.lastRank = 8
    mining.margin = 0.1
    let found = try mining.mine(
      data,
      questions: [[1, 0]],
      passages: passages,
      kernels: KernelSet.active()
    )
    // Without 2 and 4 the order is 0, 1, 3, 5, 6, 7, 8, 9; rank 0 is too near. The best answer has
    // 0.98, so 3 (0.955) is within the margin and 5 (0.875) is not.
    #expect(found == [[5, 6, 7, 8, 9]])
  }
}
