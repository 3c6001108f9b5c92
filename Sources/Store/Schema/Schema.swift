import GRDB

/// The database's tables and how they came to be.
enum Schema {
  /// Marks the file as a store of Attune: "ATTN".
  static let applicationID: Int32 = 0x4154_544E
  /// Number of the newest migration; stands in `user_version`.
  static let version: Int32 = 4
  /// What an older program tells its user to get.
  static let writtenBy = "0.1"

  /// Brings a database to this version.
  ///
  /// - Throws: ``StoreError`` `newerVersion` or `notAStore`, or SQLite's error.
  static func migrate(_ writer: any DatabaseWriter, analysis: LexicalAnalysis, path: String) throws
  {
    let isCurrent = try writer.read { try checkVersion($0, path: path) }
    if !isCurrent { try migrator(analysis: analysis).migrate(writer) }
  }

  /// Whether the database is of this version; false where it is older or new.
  static func checkVersion(_ db: Database, path: String) throws -> Bool {
    let found = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if found == 0, id == 0, try isUnused(db) { return false }
    guard id == applicationID else {
      throw StoreError(
        .notAStore,
        "The file is a database, but not one of Attune.",
        subject: path,
        remedy: "Move it away and run 'attune sync'."
      )
    }
    guard found <= version else {
      let needed = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'written_by'")
      throw StoreError(
        .newerVersion,
        "The workspace was made by a newer Attune (schema \(found); this program knows \(version)).",
        subject: path,
        remedy: "Use Attune \(needed ?? "of the version that made it") or newer."
      )
    }
    return found == version
  }

  /// Whether a database is a store of Attune, of whatever version.
  static func isOurs(_ db: Database) throws -> Bool {
    try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID
  }

  /// Whether a database holds nothing yet. The migrator makes its own table before the first migration
  /// begins, so a program that was killed in between leaves that table alone behind.
  private static func isUnused(_ db: Database) throws -> Bool {
    try Int.fetchOne(
      db,
      sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'"
    ) == 0
  }

  static func migrator(analysis: LexicalAnalysis) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: firstTables)
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE passage_index USING fts5(
            title, headings, text, content = '',
            tokenize = '\(analysis.tokenizer.joined(separator: " "))');
          CREATE VIRTUAL TABLE passage_terms USING fts5vocab(passage_index, row);
          """
      )
      try db.execute(
        sql: "INSERT INTO meta (key, value) VALUES ('analysis', ?), ('written_by', ?)",
        arguments: [analysis.rawValue, writtenBy]
      )
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      try db.execute(sql: conversationTables)
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { db in
      try db.execute(sql: exampleTables)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4") { db in
      // The groups that may see a document, as a JSON array; empty for everybody.
      try db.execute(sql: "ALTER TABLE documents ADD COLUMN seen_by TEXT NOT NULL DEFAULT '[]'")
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    return migrator
  }
}
