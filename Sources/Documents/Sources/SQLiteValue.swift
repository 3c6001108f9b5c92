import GRDB

/// How a cell of a database reads.
enum SQLiteValue {
  /// The value as text, nil for NULL. Blobs are named by their size.
  static func text(_ value: DatabaseValue) -> String? {
    switch value.storage {
    case .null: nil
    case .int64(let number): String(number)
    case .double(let number): number.description
    case .string(let text): text
    case .blob(let data): "[blob, \(data.count) bytes]"
    }
  }

  /// The value with its type, for hashing: different values never yield the same bytes.
  static func update(_ hash: inout ContentHash, with value: DatabaseValue) {
    switch value.storage {
    case .null: hash.update("n;")
    case .int64(let number): hash.update("i\(number);")
    case .double(let number): hash.update("d\(number.bitPattern);")
    case .string(let text): hash.update("t\(text.utf8.count):\(text);")
    case .blob(let data):
      hash.update("b\(data.count):")
      hash.update(Array(data))
    }
  }
}
