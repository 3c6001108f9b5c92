import GRDB

/// The lexical index, which keeps words and no text.
struct TextIndex {
  let db: Database
  let path: String

  /// Empties the index and fills it from the passages.
  ///
  /// - Throws: SQLite's error, or ``StoreError`` `damaged`.
  /// - Complexity: O(*text*).
  func rebuild() throws {
    try db.execute(sql: "INSERT INTO passage_index (passage_index) VALUES ('delete-all')")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO passage_index (rowid, title, headings, text) VALUES (?, ?, ?, ?)"
    )
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT p.id, d.title, p.headings, p.text FROM passages p JOIN documents d ON d.id = p.document
        WHERE p.kind = 0 ORDER BY p.id
        """
    )
    while let row = try rows.next() {
      try insert.execute(
        arguments: [
          row[0] as Int64, row[1] as String, try headings(row[2]),
          DatabaseText.words(DatabaseText.text(row, 3)),
        ])
    }
  }

  /// Takes the words of a document's passages out of the index.
  ///
  /// - Parameters:
  ///   - document: Its identifier.
  ///   - title: Its title as it was indexed.
  /// - Throws: SQLite's error, or ``StoreError`` `damaged`.
  func forget(document: Int64, title: String) throws {
    let select = try db.cachedStatement(
      sql: "SELECT id, headings, text FROM passages WHERE document = ? AND kind = 0"
    )
    let delete = try db.cachedStatement(
      sql: """
        INSERT INTO passage_index (passage_index, rowid, title, headings, text)
        VALUES ('delete', ?, ?, ?, ?)
        """
    )
    for row in try Row.fetchAll(select, arguments: [document]) {
      try delete.execute(
        arguments: [
          row[0] as Int64, title, try headings(row[1]),
          DatabaseText.words(DatabaseText.text(row, 2)),
        ])
    }
  }

  private func headings(_ json: String) throws -> String {
    if json == "[]" { return "" }
    return try DatabaseText.decode([String].self, json, path: path).joined(separator: "\n")
  }
}
