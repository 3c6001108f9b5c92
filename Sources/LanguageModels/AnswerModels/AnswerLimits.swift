/// How the positions of an answer model are shared out among question, passage and answer.
package struct AnswerLimits: Sendable, Equatable {
  /// Positions of the base model, special tokens and answer rows included.
  package let positions: Int
  /// The most tokens of a question that are read.
  package let questionTokens: Int
  /// The most tokens of an answer. One row more is kept for its start token.
  package let answerTokens: Int

  /// The fewest positions that leave room for a question, a passage and an answer.
  package static let fewestPositions = 16

  /// The limits of a base model: 64 tokens of question and 48 of answer, less where there are fewer
  /// than 256 positions.
  ///
  /// - Parameter positions: at least ``fewestPositions``.
  package init(positions: Int) {
    precondition(positions >= Self.fewestPositions, "an answer model has room for an answer")
    self.positions = positions
    questionTokens = min(64, positions / 4)
    answerTokens = min(48, positions / 4)
  }

  /// The most tokens of a passage that one window holds beside a question of so many tokens.
  package func passageTokens(besideQuestion tokens: Int) -> Int {
    // [CLS] and two [SEP]; the answer's rows are its start token and its tokens.
    positions - (answerTokens + 1) - (tokens + 3)
  }
}
