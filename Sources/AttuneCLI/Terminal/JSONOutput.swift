import Foundation

/// The one way in which the program writes JSON: one line, sorted keys, names in snake_case.
enum JSONOutput {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Writes one line of JSON to standard output.
  static func print(_ value: some Encodable) throws {
    Terminal.line(try encode(value))
  }
}
