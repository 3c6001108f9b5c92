import Foundation
import GRDB
public import Knowledge

extension KnowledgeStore {
  public func sources() throws -> [SourceRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT id, name, kind, location, added_at FROM sources ORDER BY id"
      )
      .map { row in
        guard let kind = SourceRecord.Kind(rawValue: row[2]) else {
          throw StoreError.impossible("an unknown kind of source", path: path)
        }
        return SourceRecord(
          id: row[0],
          name: row[1],
          kind: kind,
          location: row[3],
          addedAt: row[4]
        )
      }
    }
  }

  public func addSource(
    name: String,
    kind: SourceRecord.Kind,
    location: String
  ) throws -> SourceRecord {
    try addSource(name: name, kind: kind, location: location, at: Date().timeIntervalSince1970)
  }

  /// Adds a source with the time of adding given.
  ///
  /// - Throws: `KnowledgeError` `sourceExists` where the name or the location is taken.
  public func addSource(
    name: String,
    kind: SourceRecord.Kind,
    location: String,
    at time: Double
  ) throws -> SourceRecord {
    try write { db in
      let taken = try Row.fetchOne(
        db,
        sql: "SELECT name, location FROM sources WHERE name = ? OR location = ?",
        arguments: [name, location]
      )
      if let taken {
        let takenName: String = taken[0]
        let isName = takenName == name
        throw KnowledgeError(
          .sourceExists,
          isName
            ? "There is already a source named '\(name)'."
            : "This place is already the source '\(takenName)'.",
          subject: location,
          remedy: isName
            ? "Choose another name, or run 'attune remove \(name)' first."
            : "Run 'attune sync' to read it again."
        )
      }
      try db.execute(
        sql: "INSERT INTO sources (name, kind, location, added_at) VALUES (?, ?, ?, ?)",
        arguments: [name, kind.rawValue, location, time]
      )
      return SourceRecord(
        id: db.lastInsertedRowID,
        name: name,
        kind: kind,
        location: location,
        addedAt: time
      )
    }
  }

  public func removeSource(_ id: Int64) throws {
    try write { db in
      try requireSource(id, db)
      let text = TextIndex(db: db, path: path)
      let documents = try Row.fetchAll(
        db,
        sql: "SELECT id, title FROM documents WHERE source = ?",
        arguments: [id]
      )
      // Taking words out costs more than putting them in.
      let isMost = try Bool.fetchOne(
        db,
        sql: "SELECT 2 * sum(passage_count * (id = ?)) >= sum(passage_count) FROM sources",
        arguments: [id]
      )
      if isMost == false {
        for row in documents { try text.forget(document: row[0], title: row[1]) }
      }
      for sql in [
        """
        INSERT OR IGNORE INTO tombstones (passage) SELECT p.id FROM documents d
          JOIN passages p ON p.document = d.id WHERE d.source = ?
        """,
        "DELETE FROM passages WHERE document IN (SELECT id FROM documents WHERE source = ?)",
        "DELETE FROM documents WHERE source = ?",
        "DELETE FROM sources WHERE id = ?",
      ] { try db.execute(sql: sql, arguments: [id]) }
      if isMost != false { try text.rebuild() }
      try Meta.purgeLog.set(1, db)
      if !documents.isEmpty {
        try Meta.purgeIndex.set(1, db)
        try Meta.generation.advance(db)
      }
    }
    try faults(.runRecorded)
    try compactIndex(.everythingDead)
    try purge()
  }

  func requireSource(_ id: Int64, _ db: Database) throws {
    let statement = try db.cachedStatement(sql: "SELECT 1 FROM sources WHERE id = ?")
    guard try Int.fetchOne(statement, arguments: [id]) != nil else {
      throw KnowledgeError(
        .sourceUnknown,
        "There is no such source.",
        subject: "source \(id)",
        remedy: "List them with 'attune sources'."
      )
    }
  }
}
