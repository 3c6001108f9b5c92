public import Answering
import Store

extension WorkspaceSession {
  /// A new conversation. It is kept from its first question on.
  public func conversation() -> Conversation {
    let environment = AnswerEnvironment()
    return Conversation(
      id: environment.makeIdentifier(),
      session: self,
      environment: environment
    )
  }

  /// A conversation that goes on.
  ///
  /// - Parameter id: Its identifier, or a beginning that no other conversation has.
  /// - Returns: The conversation and what was said in it, oldest first.
  /// - Throws: ``AttuneError`` with code `conversationUnknown` where there is none.
  public func conversation(
    resuming id: String
  ) throws -> (conversation: Conversation, turns: [(turn: ConversationTurn, answer: String?)]) {
    guard let found = try store.conversation(id) else {
      throw AttuneError(
        .conversationUnknown,
        "There is no conversation “\(id)”.",
        subject: id,
        remedy: "attune chat --list shows the latest conversations."
      )
    }
    let turns = try found.turns.map { turn in
      (turn: turn, answer: try store.answer(turn.answer)?.answer)
    }
    return (Conversation(id: found.id, session: self, turns: turns), turns)
  }
}

extension Workspace {
  /// The latest conversations, newest first. Needs no model.
  public func recentConversations(limit: Int) throws -> [ConversationHeading] {
    try store().recentConversations(limit: limit)
  }
}
