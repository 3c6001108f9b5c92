import Documents
import GRDB
import Knowledge

/// Makes records of rows.
struct PassageRows {
  static let documentColumns = """
    d.id, s.name, d.path, d.title, d.media_type, d.content_hash, d.text_hash, d.modified,
    d.synced_at, d.metadata, d.table_description, d.change_count, d.seen_by
    """
  static let passageColumns = """
    p.id, p.kind, p.document, p.ordinal, p.headings, p.text, p.first, p.past, p.origin_kind,
    p.origin_a, p.origin_b, p.fields
    """

  let db: Database
  let path: String
  /// Documents read so far; passages of one document share it.
  private var documents: [Int64: DocumentRecord] = [:]

  init(db: Database, path: String) {
    self.db = db
    self.path = path
  }

  /// The record in a row of ``documentColumns``.
  func document(_ row: Row) throws -> DocumentRecord {
    let metadata: String = row[9]
    let table: String? = row[10]
    return DocumentRecord(
      id: row[0],
      source: row[1],
      path: row[2],
      title: row[3],
      mediaType: row[4],
      contentHash: row[5],
      textHash: row[6],
      modified: row[7],
      syncedAt: row[8],
      metadata: metadata == "{}"
        ? [:] : try DatabaseText.decode([String: String].self, metadata, path: path),
      table: try table.map { try DatabaseText.decode(TableDescription.self, $0, path: path) },
      changeCount: row[11],
      groups: try DatabaseText.list(of: String.self, row[12], path: path)
    )
  }

  /// The passage in a row of ``passageColumns``.
  mutating func passage(_ row: Row) throws -> StoredPassage {
    let first: Int = row[6]
    let past: Int = row[7]
    let origin = OriginColumns(kind: row[8], a: row[9], b: row[10]).origin
    guard let kind = StoredPassage.Kind(rawValue: row[1]), first <= past, let origin else {
      throw StoreError.impossible("the location of passage \(row[0] as Int64)", path: path)
    }
    return StoredPassage(
      id: row[0],
      kind: kind,
      document: try document(withID: row[2]),
      passage: Passage(
        ordinal: row[3],
        headings: try DatabaseText.list(of: String.self, row[4], path: path),
        text: DatabaseText.text(row, 5),
        location: Location(characters: first..<past, origin: origin),
        fields: try DatabaseText.list(of: Field.self, row[11], path: path)
      )
    )
  }

  private mutating func document(withID id: Int64) throws -> DocumentRecord {
    if let known = documents[id] { return known }
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Self.documentColumns) FROM documents d JOIN sources s ON s.id = d.source
        WHERE d.id = ?
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: [id]) else {
      throw StoreError.impossible("a passage without its document", path: path)
    }
    let record = try document(row)
    documents[id] = record
    return record
  }
}
