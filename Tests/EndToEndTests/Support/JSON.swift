import Foundation

/// A value read from JSON, looked into by name and place; what is not there is absent, not an error.
struct JSON: CustomStringConvertible {
  private let value: Any?

  init(text: String) {
    value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  private init(value: Any?) { self.value = value }

  subscript(name: String) -> JSON { JSON(value: (value as? [String: Any])?[name]) }

  subscript(index: Int) -> JSON {
    guard let array = value as? [Any], array.indices.contains(index) else {
      return JSON(value: nil)
    }
    return JSON(value: array[index])
  }

  /// Whether the value is there; null counts as there.
  var exists: Bool { value != nil }
  var isNull: Bool { value is NSNull }
  var string: String? { value as? String }
  var int: Int? { (value as? NSNumber)?.intValue }
  var double: Double? { (value as? NSNumber)?.doubleValue }
  var bool: Bool? { value as? Bool }
  /// The elements of an array; none for anything else.
  var array: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
  var strings: [String] { array.compactMap(\.string) }
  var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }

  var description: String { value.map { "\($0)" } ?? "(no JSON)" }
}
