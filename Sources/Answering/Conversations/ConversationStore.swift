/// Keeps conversations. Declared here; implemented in `Store`.
///
/// A conversation names its answers by their identifiers, so what is forgotten of an answer is forgotten
/// of the conversation too.
public protocol ConversationStore: Sendable {
  /// Adds a turn; the first one begins the conversation.
  func append(_ turn: ConversationTurn, to conversation: String) throws
  /// The turns of the conversation with this identifier, or whose identifier starts so when only one
  /// does, oldest first; nil where there is none.
  func conversation(_ id: String) throws -> (id: String, turns: [ConversationTurn])?
  /// The newest conversations, newest first.
  func recentConversations(limit: Int) throws -> [ConversationHeading]
}
