import GRDB

extension KnowledgeStore {
  /// The identifier in a table that is this text, or the only one that starts with it.
  ///
  /// - Returns: Nil where there is none.
  /// - Throws: ``StoreError`` `ambiguous` where several start so.
  static func identifier(
    startingWith start: String,
    in table: String,
    _ db: Database
  ) throws -> String? {
    guard !start.isEmpty else { return nil }
    // The text itself, where it is an identifier, comes before all that only start with it.
    let found = try String.fetchAll(
      db,
      sql: "SELECT id FROM \(table) WHERE substr(id, 1, length(?)) = ? ORDER BY id LIMIT 2",
      arguments: [start, start]
    )
    guard found.count < 2 || found[0] == start else {
      throw StoreError(
        .ambiguous,
        "Several \(table) have an identifier that starts with '\(start)'.",
        subject: start,
        remedy: "Give more of the identifier."
      )
    }
    return found.first
  }
}
