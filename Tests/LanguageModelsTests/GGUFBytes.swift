import Foundation
import LanguageModels

/// Writes GGUF files for tests, right and wrong ones.
struct GGUFBytes {
  var version: UInt32 = 3
  /// What the header states; the truth if `nil`.
  var tensorCount: UInt64?
  var valueCount: UInt64?

  private var values: [UInt8] = []
  private var valuesAdded: UInt64 = 0
  private var entries: [UInt8] = []
  private var tensorsAdded: UInt64 = 0
  private var data: [UInt8] = []

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  private static func text(_ text: String) -> [UInt8] {
    little(UInt64(text.utf8.count)) + Array(text.utf8)
  }

  mutating func add(key: String, raw: [UInt8]) {
    values += Self.text(key) + raw
    valuesAdded += 1
  }

  mutating func add(_ key: String, _ value: GGUFValue) {
    func array(_ type: UInt32, _ elements: [[UInt8]]) -> [UInt8] {
      Self.little(UInt32(9)) + Self.little(type) + Self.little(UInt64(elements.count))
        + elements.joined()
    }
    let raw: [UInt8] =
      switch value {
      case .integer(let value): Self.little(UInt32(11)) + Self.little(value)
      case .float(let value): Self.little(UInt32(12)) + Self.little(value.bitPattern)
      case .bool(let value): Self.little(UInt32(7)) + [value ? 1 : 0]
      case .string(let value): Self.little(UInt32(8)) + Self.text(value)
      case .integers(let values): array(5, values.map { Self.little(Int32($0)) })
      case .floats(let values): array(6, values.map { Self.little($0.bitPattern) })
      case .bools(let values): array(7, values.map { [$0 ? 1 : 0] })
      case .strings(let values): array(8, values.map { Self.text($0) })
      }
    add(key: key, raw: raw)
  }

  mutating func add(
    tensor name: String,
    type: UInt32,
    sides: [UInt64],
    values: [UInt8],
    offset: UInt64? = nil
  ) {
    while data.count % 32 != 0 { data.append(0) }
    entries += Self.text(name) + Self.little(UInt32(sides.count))
    for side in sides { entries += Self.little(side) }
    entries += Self.little(type) + Self.little(offset ?? UInt64(data.count))
    tensorsAdded += 1
    data += values
  }

  var bytes: [UInt8] {
    var bytes = Array("GGUF".utf8) + Self.little(version)
    bytes += Self.little(tensorCount ?? tensorsAdded) + Self.little(valueCount ?? valuesAdded)
    bytes += values + entries
    while bytes.count % 32 != 0 { bytes.append(0) }
    return bytes + data
  }
}
