public import Answering
import GRDB

extension KnowledgeStore {
  /// Saves an answer. Where a passage behind it is gone already, only its identifiers and figures.
  public func save(_ record: AnswerRecord) throws {
    try write { db in
      let exists = try db.cachedStatement(sql: "SELECT 1 FROM passages WHERE id = ?")
      let isWhole = try record.passages.allSatisfy {
        try Int.fetchOne(exists, arguments: [$0]) != nil
      }
      try db.execute(sql: "DELETE FROM answers WHERE id = ?", arguments: [record.id])
      try db.execute(
        sql: """
          INSERT INTO answers (id, created_at, question, answer, citations, trace)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.id, record.createdAt, record.question, isWhole ? record.answer : nil,
          isWhole ? record.citations : nil, record.trace,
        ]
      )
      for (position, passage) in record.passages.enumerated() {
        try db.execute(
          sql: "INSERT INTO answer_passages (answer, position, passage) VALUES (?, ?, ?)",
          arguments: [record.id, position, passage]
        )
      }
    }
  }

  /// - Throws: ``StoreError`` `ambiguous` where several identifiers start so.
  public func answer(_ id: String) throws -> AnswerRecord? {
    try read { db in
      guard let found = try Self.identifier(startingWith: id, in: "answers", db) else { return nil }
      return try Row.fetchOne(db, sql: "\(Self.selectAnswers) WHERE id = ?", arguments: [found])
        .map { try Self.answer($0, db) }
    }
  }

  public func recentAnswers(limit: Int) throws -> [AnswerRecord] {
    guard limit > 0 else { return [] }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: "\(Self.selectAnswers) ORDER BY created_at DESC, id LIMIT ?",
        arguments: [limit]
      ).map { try Self.answer($0, db) }
    }
  }

  private static let selectAnswers =
    "SELECT id, created_at, question, answer, citations, trace FROM answers"

  private static func answer(_ row: Row, _ db: Database) throws -> AnswerRecord {
    AnswerRecord(
      id: row[0],
      createdAt: row[1],
      question: row[2],
      answer: row[3],
      citations: row[4],
      trace: row[5],
      passages: try Int64.fetchAll(
        db,
        sql: "SELECT passage FROM answer_passages WHERE answer = ? ORDER BY position",
        arguments: [row[0] as String]
      )
    )
  }
}
