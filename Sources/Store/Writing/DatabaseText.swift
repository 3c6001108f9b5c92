import Foundation
import GRDB

/// Text as the database keeps it.
enum DatabaseText {
  /// A value that comes back scalar for scalar. SQLite's text ends at U+0000, so text that holds one
  /// is kept as bytes.
  static func value(_ text: String) -> any DatabaseValueConvertible {
    holdsNull(text) ? Data(text.utf8) : text
  }

  /// Reads what ``value(_:)`` made.
  static func text(_ row: Row, _ column: Int) -> String {
    let data: Data = row[column]
    return String(decoding: data, as: UTF8.self)
  }

  /// Text for the lexical index, always the same for the same text.
  static func words(_ text: String) -> String {
    holdsNull(text) ? text.replacingOccurrences(of: "\0", with: " ") : text
  }

  private static func holdsNull(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? text.utf8.contains(0)
  }

  /// A list, most often an empty one, as JSON.
  static func json(list: [some Encodable]) throws -> String {
    list.isEmpty ? "[]" : try json(list)
  }

  /// Reads what ``json(list:)`` made.
  static func list<Value: Decodable>(of type: Value.Type, _ json: String, path: String) throws
    -> [Value]
  {
    json == "[]" ? [] : try decode([Value].self, json, path: path)
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<Value: Decodable>(_ type: Value.Type, _ json: String, path: String) throws
    -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: Data(json.utf8))
    } catch {
      throw StoreError.impossible("unreadable JSON", path: path)
    }
  }
}
