import Foundation

/// A safetensors file taken apart, to make altered ones for tests.
struct WeightFile {
  var header: [String: Any]
  var values: Data

  init(_ url: URL) throws {
    let data = try Data(contentsOf: url)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    header =
      try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any] ?? [:]
    values = data[(8 + length)...]
  }

  mutating func rename(_ change: (String) -> String) {
    header = Dictionary(
      uniqueKeysWithValues: header.map { ($0 == "__metadata__" ? $0 : change($0), $1) }
    )
  }

  func data() throws -> Data {
    Self.data(
      header: try JSONSerialization.data(withJSONObject: header, options: .sortedKeys),
      values: values
    )
  }

  /// A file with any header.
  static func data(header: Data, values: Data, length: UInt64? = nil) -> Data {
    withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian) { Data($0) } + header
      + values
  }
}
