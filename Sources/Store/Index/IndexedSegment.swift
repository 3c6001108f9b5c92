import GRDB
import Knowledge
import VectorIndex

/// A segment as the database names it.
struct IndexedSegment {
  var kind: StoredPassage.Kind
  var description: SegmentDescription

  /// All segments that are part of the index.
  static func all(_ db: Database) throws -> [IndexedSegment] {
    try Row.fetchAll(
      db,
      sql: "SELECT name, kind, count, byte_count, checksum FROM segments ORDER BY name"
    ).compactMap { row in
      guard let kind = StoredPassage.Kind(rawValue: row[1]) else { return nil }
      let checksum: Int64 = row[4]
      return IndexedSegment(
        kind: kind,
        description: SegmentDescription(
          name: row[0],
          count: row[2],
          byteCount: row[3],
          checksum: UInt64(bitPattern: checksum)
        )
      )
    }
  }

  /// Makes the segment part of the index.
  func insert(_ db: Database, embedder: String) throws {
    try db.execute(
      sql: """
        INSERT INTO segments (name, kind, count, byte_count, checksum, embedder)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        description.name, kind.rawValue, description.count, description.byteCount,
        Int64(bitPattern: description.checksum), embedder,
      ]
    )
  }

  /// A file name that was never used in this workspace.
  static func newName(_ db: Database, kind: StoredPassage.Kind) throws -> String {
    let number = String(try Meta.nextSegment.advance(db))
    let padded = String(repeating: "0", count: max(0, 8 - number.count)) + number
    return (kind == .passage ? "passages-" : "summaries-") + padded + ".segment"
  }
}
