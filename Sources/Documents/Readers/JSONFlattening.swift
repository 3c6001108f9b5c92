/// The leaves of a JSON value as `key.path: value`.
enum JSONFlattening {
  /// All leaves below a value, in the file's order; null is left out, a list of plain values
  /// becomes one leaf.
  static func cells(_ value: JSONValue, path: String = "") -> [DocumentBuilder.Cell] {
    switch value {
    case .object(let members):
      return members.flatMap { cells($0.value, path: joined(path, $0.key)) }
    case .array(let elements):
      guard elements.contains(where: \.isContainer) else {
        let text = elements.compactMap(\.scalarText).joined(separator: ", ")
        return text.isEmpty ? [] : [(path.isEmpty ? "value" : path, text)]
      }
      return elements.enumerated().flatMap { index, element in
        cells(element, path: joined(path, "\(index)"))
      }
    default:
      guard let text = value.scalarText, !text.isEmpty else { return [] }
      return [(path.isEmpty ? "value" : path, text)]
    }
  }

  /// Paths stay short, whatever the nesting: the outer steps give way.
  private static func joined(_ path: String, _ key: String) -> String {
    guard !path.isEmpty else { return key }
    return path.utf8.count + key.utf8.count > 150 ? "….\(key)" : "\(path).\(key)"
  }

  /// A key as a step of a JSON pointer.
  static func step(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return key
    }
    return key.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
