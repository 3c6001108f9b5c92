/// An answer as far as it has been written.
struct AnswerBranch: Sendable {
  /// A token of an answer.
  struct Token: Sendable, Hashable {
    var id: Int32
    /// The prefix position that it was copied from, if it was.
    var source: Int?
  }

  var tokens: [Token] = []
  /// The rows of the start token and of all tokens but the latest.
  var rows: [Int] = []
  var logProbability = 0.0

  /// Where the latest token was copied from, if it was.
  var source: Int? { tokens.last?.source }
}
