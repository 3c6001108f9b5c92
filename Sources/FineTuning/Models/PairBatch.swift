/// Questions with passages that answer them or not, for the training of a reranker.
public struct PairBatch: Sendable, Equatable {
  /// Tokens of question and passage together, special tokens included.
  public var pairs: [[Int32]]
  /// For each token of a pair 0 where it belongs to the question, 1 where to the passage.
  public var types: [[Int]]
  /// For each pair 1 where the passage answers the question, 0 where not.
  public var labels: [Float]

  /// A batch.
  public init(pairs: [[Int32]], types: [[Int]], labels: [Float]) {
    precondition(pairs.count == types.count && pairs.count == labels.count, "each pair has all")
    self.pairs = pairs
    self.types = types
    self.labels = labels
  }
}
