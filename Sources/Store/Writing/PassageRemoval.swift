import GRDB

/// Deletes the passages of a document from every table.
struct PassageRemoval {
  let db: Database
  let path: String

  /// - Parameter title: The document's title as it was indexed.
  /// - Returns: How many passages there were, summaries not counted.
  func run(document: Int64, title: String) throws -> Int {
    let select = try db.cachedStatement(
      sql: "SELECT id, headings, text FROM passages WHERE document = ? AND kind = 0"
    )
    let forget = try db.cachedStatement(
      sql: """
        INSERT INTO passage_index (passage_index, rowid, title, headings, text)
        VALUES ('delete', ?, ?, ?, ?)
        """
    )
    var count = 0
    for row in try Row.fetchAll(select, arguments: [document]) {
      let headings: String = row[1]
      let words =
        headings == "[]" ? [] : try DatabaseText.decode([String].self, headings, path: path)
      try forget.execute(
        arguments: [
          row[0] as Int64, title, words.joined(separator: "\n"),
          DatabaseText.words(DatabaseText.text(row, 2)),
        ])
      count += 1
    }
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO tombstones (passage) SELECT id FROM passages WHERE document = ?"
    ).execute(arguments: [document])
    // Embeddings go with their passages (ON DELETE CASCADE); old answers forget them (trigger).
    try db.cachedStatement(sql: "DELETE FROM passages WHERE document = ?")
      .execute(arguments: [document])
    return count
  }
}
