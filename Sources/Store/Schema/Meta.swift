import GRDB

/// Single values that the store keeps about itself.
enum Meta: String {
  /// Counts up whenever segments or tombstones change.
  case generation
  case nextSegment = "next_segment"
  /// The embedder that made all vectors, and their dimension; absent before the first batch.
  case embedder
  case dimension
  /// Text was deleted that may still stand in the write-ahead log.
  case purgeLog = "purge_log"
  /// Text was deleted whose words may still stand in the lexical index.
  case purgeIndex = "purge_index"
  case pathSalt = "path_salt"
  case analysis
  /// How the sources are configured, for a workspace that a backup is put into.
  case sourceSettings = "source_settings"

  func integer(_ db: Database) throws -> Int64? {
    try Int64.fetchOne(db.cachedStatement(sql: Self.select), arguments: [rawValue])
  }

  func text(_ db: Database) throws -> String? {
    try String.fetchOne(db.cachedStatement(sql: Self.select), arguments: [rawValue])
  }

  func set(_ value: (any DatabaseValueConvertible)?, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
      .execute(arguments: [rawValue, value])
  }

  /// Adds one and returns the value before.
  @discardableResult
  func advance(_ db: Database) throws -> Int64 {
    let value = try integer(db) ?? 0
    try set(value + 1, db)
    return value
  }

  private static let select = "SELECT value FROM meta WHERE key = ?"
}
