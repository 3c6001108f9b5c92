public import Answering
import GRDB

extension KnowledgeStore: ConversationStore {
  public func append(_ turn: ConversationTurn, to conversation: String) throws {
    try write { db in
      try db.execute(
        sql: "INSERT OR IGNORE INTO conversations (id, created_at) VALUES (?, ?)",
        arguments: [conversation, turn.createdAt]
      )
      try db.execute(
        sql: """
          INSERT INTO turns (conversation, ordinal, created_at, question, standalone, answer)
          SELECT ?, count(*), ?, ?, ?, ? FROM turns WHERE conversation = ?
          """,
        arguments: [
          conversation, turn.createdAt, turn.question, turn.standalone, turn.answer, conversation,
        ]
      )
    }
  }

  /// - Throws: ``StoreError`` `ambiguous` where several identifiers start so.
  public func conversation(_ id: String) throws -> (id: String, turns: [ConversationTurn])? {
    try read { db in
      guard let found = try Self.identifier(startingWith: id, in: "conversations", db) else {
        return nil
      }
      let turns = try Row.fetchAll(
        db,
        sql: """
          SELECT question, standalone, answer, created_at FROM turns
          WHERE conversation = ? ORDER BY ordinal
          """,
        arguments: [found]
      ).map {
        ConversationTurn(question: $0[0], standalone: $0[1], answer: $0[2], createdAt: $0[3])
      }
      return (found, turns)
    }
  }

  public func recentConversations(limit: Int) throws -> [ConversationHeading] {
    guard limit > 0 else { return [] }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT c.id, c.created_at,
            (SELECT question FROM turns WHERE conversation = c.id AND ordinal = 0),
            (SELECT count(*) FROM turns WHERE conversation = c.id)
          FROM conversations c ORDER BY c.created_at DESC, c.id LIMIT ?
          """,
        arguments: [limit]
      ).map {
        ConversationHeading(id: $0[0], createdAt: $0[1], firstQuestion: $0[2] ?? "", turns: $0[3])
      }
    }
  }
}
