import Documents
import Foundation
import GRDB
import Knowledge
import VectorIndex

/// Applies one batch inside a transaction.
struct BatchWriter {
  let db: Database
  let batch: SyncBatch
  let dimension: Int
  let path: String
  let pathSalt: UInt64

  /// Vectors of the passages written, by kind, ascending by identifier.
  private(set) var added: [StoredPassage.Kind: [(id: Int64, vector: [Float])]] = [:]
  private var documentChange = 0
  private var passageChange = 0
  private var contentChanges = 0
  private var deletedText = false
  private var lastHeadings: (list: [String], json: String) = ([], "[]")

  init(db: Database, batch: SyncBatch, dimension: Int, path: String) throws {
    self.db = db
    self.batch = batch
    self.dimension = dimension
    self.path = path
    pathSalt = UInt64(bitPattern: try Meta.pathSalt.integer(db) ?? 0)
  }

  /// Whether vectors were added or died.
  var changesIndex: Bool { !added.isEmpty || deletedText }

  mutating func run() throws {
    for (path, touch) in batch.touched {
      try execute(
        "UPDATE documents SET fingerprint = ?, modified = ? WHERE source = ? AND path = ?",
        [touch.fingerprint, touch.modified, batch.source, path]
      )
    }
    for id in batch.removed { try remove(id) }
    for write in batch.writes { try put(write) }
    try execute(
      """
      UPDATE sources SET document_count = document_count + ?, passage_count = passage_count + ?,
        change_count = change_count + ? WHERE id = ?
      """,
      [documentChange, passageChange, contentChanges, batch.source]
    )
    if deletedText {
      try Meta.purgeLog.set(1, db)
      try Meta.purgeIndex.set(1, db)
    }
  }

  private mutating func remove(_ id: Int64) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT path, title FROM documents WHERE id = ? AND source = ?"
    )
    guard let row = try Row.fetchOne(statement, arguments: [id, batch.source]) else { return }
    try deletePassages(of: id, title: row[1])
    try execute("DELETE FROM documents WHERE id = ?", [id])
    try remember(.removed, path: row[0])
    documentChange -= 1
    contentChanges += 1
    deletedText = true
  }

  private mutating func put(_ write: SyncBatch.Write) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT id, title, content_hash FROM documents WHERE source = ? AND path = ?"
    )
    let metadata = try write.metadata.isEmpty ? "{}" : DatabaseText.json(write.metadata)
    let table = try write.table.map { try DatabaseText.json($0) }
    let groups = try DatabaseText.json(list: write.groups)
    let title = DatabaseText.words(write.title)
    let id: Int64
    if let row = try Row.fetchOne(statement, arguments: [batch.source, write.path]) {
      id = row[0]
      try deletePassages(of: id, title: row[1])
      let isChange = row[2] as String != write.contentHash
      try execute(
        """
        UPDATE documents SET title = ?, media_type = ?, fingerprint = ?, content_hash = ?,
          text_hash = ?, modified = ?, synced_at = ?, metadata = ?, table_description = ?,
          seen_by = ?, change_count = change_count + ? WHERE id = ?
        """,
        [
          title, write.mediaType, write.fingerprint, write.contentHash, write.textHash,
          write.modified, batch.time, metadata, table, groups, isChange ? 1 : 0, id,
        ]
      )
      if isChange {
        try remember(.changed, path: write.path)
        contentChanges += 1
      }
      deletedText = true
    } else {
      try execute(
        """
        INSERT INTO documents (source, path, title, media_type, fingerprint, content_hash, text_hash,
          modified, synced_at, metadata, table_description, seen_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          batch.source, write.path, title, write.mediaType, write.fingerprint, write.contentHash,
          write.textHash, write.modified, batch.time, metadata, table, groups,
        ]
      )
      id = db.lastInsertedRowID
      try remember(.added, path: write.path)
      documentChange += 1
    }
    for passage in write.passages {
      try insert(passage, kind: .passage, document: id, title: title)
    }
    if let summary = write.summary {
      try insert(summary, kind: .summary, document: id, title: title)
    }
    try ExampleForgetting(db: db).forget(document: id, nowHolding: write)
  }

  private mutating func insert(
    _ embedded: SyncBatch.EmbeddedPassage,
    kind: StoredPassage.Kind,
    document: Int64,
    title: String
  ) throws {
    let passage = embedded.passage
    guard embedded.vector.count == dimension, embedded.vector.allSatisfy(\.isFinite) else {
      throw StoreError(
        .badValue,
        "The vector of a passage does not have \(dimension) components, each a finite number.",
        subject: "passage \(passage.ordinal)",
        remedy: "Check the embedding model."
      )
    }
    let origin = OriginColumns(passage.location.origin)
    let headings = passage.headings.map(DatabaseText.words)
    try execute(
      """
      INSERT INTO passages (document, kind, ordinal, headings, text, first, past, origin_kind,
        origin_a, origin_b, fields, embedded_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        document, kind.rawValue, passage.ordinal,
        try json(headings),
        DatabaseText.value(passage.text), passage.location.characters.lowerBound,
        passage.location.characters.upperBound, origin.kind, origin.a, origin.b,
        try DatabaseText.json(list: passage.fields),
        embedded.embeddedHash,
      ]
    )
    let id = db.lastInsertedRowID
    try execute(
      "INSERT INTO embeddings (passage, vector) VALUES (?, ?)",
      [id, VectorBlob.data(embedded.vector)]
    )
    if kind == .passage {
      try execute(
        "INSERT INTO passage_index (rowid, title, headings, text) VALUES (?, ?, ?, ?)",
        [id, title, headings.joined(separator: "\n"), DatabaseText.words(passage.text)]
      )
      passageChange += 1
    }
    added[kind, default: []].append((id, embedded.vector))
  }

  /// Headings as JSON; neighbors often share them.
  private mutating func json(_ headings: [String]) throws -> String {
    if headings != lastHeadings.list {
      lastHeadings = (headings, try DatabaseText.json(list: headings))
    }
    return lastHeadings.json
  }

  /// Deletes a document's passages; their vectors become tombstones.
  private mutating func deletePassages(of document: Int64, title: String) throws {
    try TextIndex(db: db, path: path).forget(document: document, title: title)
    let count = try db.cachedStatement(
      sql: "SELECT count(*) FROM passages WHERE document = ? AND kind = 0"
    )
    passageChange -= try Int.fetchOne(count, arguments: [document]) ?? 0
    try execute(
      "INSERT OR IGNORE INTO tombstones (passage) SELECT id FROM passages WHERE document = ?",
      [document]
    )
    // Embeddings go with their passages (ON DELETE CASCADE); old answers forget them (trigger).
    try execute("DELETE FROM passages WHERE document = ?", [document])
  }

  private enum Change: String {
    case added, changed, removed
  }

  private func remember(_ change: Change, path: String) throws {
    let hash = Int64(bitPattern: Checksum.of(path, seed: pathSalt))
    try execute(
      "INSERT INTO document_changes (source, path_hash, time, kind) VALUES (?, ?, ?, ?)",
      [batch.source, hash, batch.time, change.rawValue]
    )
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
