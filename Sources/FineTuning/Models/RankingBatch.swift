/// Questions with their passages, for the training of an embedder.
public struct RankingBatch: Sendable, Equatable {
  /// Tokens of each question, special tokens included.
  public var questions: [[Int32]]
  /// Tokens of each question's passage, in the same order; then further passages that answer none of
  /// the questions, though they look as if they might.
  public var passages: [[Int32]]
  /// For each question the passages that answer it too, so that they do not count as wrong; empty
  /// where there are none.
  public var excluded: [Set<Int>]

  /// A batch.
  public init(questions: [[Int32]], passages: [[Int32]], excluded: [Set<Int>] = []) {
    precondition(passages.count >= questions.count, "each question has its passage")
    self.questions = questions
    self.passages = passages
    self.excluded = excluded
  }
}
