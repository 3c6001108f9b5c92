/// What a list of conversations shows of one.
public struct ConversationHeading: Hashable, Sendable, Identifiable {
  public var id: String
  /// Seconds since 1970.
  public var createdAt: Double
  public var firstQuestion: String
  public var turns: Int

  public init(id: String, createdAt: Double, firstQuestion: String, turns: Int) {
    self.id = id
    self.createdAt = createdAt
    self.firstQuestion = firstQuestion
    self.turns = turns
  }
}
