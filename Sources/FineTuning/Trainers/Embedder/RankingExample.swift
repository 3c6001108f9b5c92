/// A question with the passages that answer it, for the training of an embedder or a reranker.
public struct RankingExample: Sendable, Equatable {
  /// The question.
  public var question: String
  /// The numbers of the passages that answer it, at least one; each time the question comes, one of
  /// them is taken.
  public var positives: [Int]
  /// The numbers of passages that may answer it too and so never count as wrong, such as others of the
  /// same record.
  public var undecided: Set<Int>
  /// What it is about, such as its document. Questions about the same thing come together, since each
  /// other's passages are the hardest to tell apart.
  public var group: String

  /// A question with its passages.
  public init(
    question: String,
    positives: [Int],
    undecided: Set<Int> = [],
    group: String
  ) {
    self.question = question
    self.positives = positives
    self.undecided = undecided
    self.group = group
  }
}
