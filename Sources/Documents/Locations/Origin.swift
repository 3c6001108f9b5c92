/// A place in an original file or database, in that original's own terms.
public enum Origin: Codable, Hashable, Sendable {
  /// Byte offsets into the file as it lies on disk, half open.
  case bytes(Range<Int>)
  /// A row of a table. `key` is the primary key as text (`"10248"`, composite keys joined by `,`)
  /// or, for files without keys, the record's number counted from 1.
  case row(table: String, key: String)
  /// A JSON pointer (RFC 6901) into a JSON document; for JSON Lines the record number goes in front.
  case pointer(String)
}
