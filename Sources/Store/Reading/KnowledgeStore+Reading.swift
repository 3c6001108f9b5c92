import Documents
import Foundation
import GRDB
public import Knowledge

extension KnowledgeStore {
  public func counts() throws -> [Int64: StoreCounts] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT id, document_count, passage_count, change_count, last_sync FROM sources"
      )
      return Dictionary(
        uniqueKeysWithValues: rows.map { row in
          (
            row[0] as Int64,
            StoreCounts(documents: row[1], passages: row[2], changes: row[3], lastSync: row[4])
          )
        }
      )
    }
  }

  public func failures() throws -> [SyncFailure] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT s.name, f.is_skip, f.error FROM failures f JOIN sources s ON s.id = f.source
          ORDER BY f.source, f.id
          """
      )
      return try rows.map { row in
        SyncFailure(
          source: row[0],
          isSkip: row[1],
          error: try DatabaseText.decode(DocumentError.self, row[2] as String, path: path)
        )
      }
    }
  }

  public func documents(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try documents(matching: filter, and: "1")
  }

  public func tables(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try documents(matching: filter, and: "d.table_description IS NOT NULL")
  }

  public func passages(_ ids: [Int64]) throws -> [StoredPassage] {
    try read { db in
      var rows = PassageRows(db: db, path: path)
      let statement = try db.cachedStatement(
        sql: "SELECT \(PassageRows.passageColumns) FROM passages p WHERE p.id = ?"
      )
      return try ids.compactMap { id in
        try Row.fetchOne(statement, arguments: [id]).map { try rows.passage($0) }
      }
    }
  }

  public func passages(ofDocument id: Int64, ordinals: Range<Int>) throws -> [StoredPassage] {
    try read { db in
      var rows = PassageRows(db: db, path: path)
      return try Row.fetchAll(
        db,
        sql: """
          SELECT \(PassageRows.passageColumns) FROM passages p
          WHERE p.document = ? AND p.kind = 0 AND p.ordinal >= ? AND p.ordinal < ?
          ORDER BY p.ordinal
          """,
        arguments: [id, ordinals.lowerBound, ordinals.upperBound]
      ).map { try rows.passage($0) }
    }
  }

  public func summary(ofDocument id: Int64) throws -> StoredPassage? {
    try read { db in
      var rows = PassageRows(db: db, path: path)
      return try Row.fetchOne(
        db,
        sql: "SELECT \(PassageRows.passageColumns) FROM passages p WHERE document = ? AND kind = 1",
        arguments: [id]
      ).map { try rows.passage($0) }
    }
  }

  public func vectors(_ ids: [Int64]) throws -> [Int64: [Float]] {
    try read { db in
      let dimension = Int(try Meta.dimension.integer(db) ?? 0)
      let statement = try db.cachedStatement(sql: "SELECT vector FROM embeddings WHERE passage = ?")
      var vectors: [Int64: [Float]] = [:]
      for id in ids {
        guard let data = try Data.fetchOne(statement, arguments: [id]) else { continue }
        vectors[id] = VectorBlob.vector(data, dimension: dimension)
      }
      return vectors
    }
  }

  private func documents(
    matching filter: SearchFilter,
    and condition: String
  ) throws -> [DocumentRecord] {
    try read { db in
      let rows = PassageRows(db: db, path: path)
      let filter = FilterCondition(filter)
      return try Row.fetchAll(
        db,
        sql: """
          SELECT \(PassageRows.documentColumns) FROM documents d JOIN sources s ON s.id = d.source
          WHERE \(filter.sql) AND \(condition) ORDER BY s.name, d.path
          """,
        arguments: filter.arguments
      ).map { try rows.document($0) }
    }
  }
}
