/// One question of a conversation, with the answer it got.
public struct ConversationTurn: Hashable, Sendable {
  /// As it was typed.
  public var question: String
  /// The question that was asked in its place, which can be understood alone; absent where that is the
  /// same, and once a passage behind an answer of the conversation is gone.
  public var standalone: String?
  /// The answer's identifier.
  public var answer: String
  /// Seconds since 1970.
  public var createdAt: Double

  public init(question: String, standalone: String?, answer: String, createdAt: Double) {
    self.question = question
    self.standalone = standalone
    self.answer = answer
    self.createdAt = createdAt
  }
}
