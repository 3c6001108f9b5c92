import Evaluation

/// A question with what the workspace's search finds for it, as a reranker gets it.
struct RankedQuestion {
  let text: String
  /// The document that it is about.
  let document: String
  /// The numbers of the passages that answer it.
  let answers: Set<Int>
  /// The numbers of the passages found, best first.
  let found: [Int]
  /// Their scores.
  let scores: [Double]

  /// How well the passages are ordered by their scores and a reranker's voice.
  ///
  /// - Parameters:
  ///   - probabilities: for each of the first passages found that it answers; none if empty.
  ///   - weight: what a sure one adds.
  /// - Returns: nDCG@10.
  func nDCG(_ probabilities: [Double] = [], weight: Double = 0) -> Double {
    var scores = scores
    for (index, probability) in zip(scores.indices, probabilities) {
      scores[index] += weight * probability
    }
    let order = found.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    return RankingMetrics.nDCG(
      ranked: order.prefix(Self.depth).map { found[$0] },
      grades: Dictionary(uniqueKeysWithValues: answers.map { ($0, 1) }),
      at: Self.depth
    )
  }

  private static let depth = 10
}
