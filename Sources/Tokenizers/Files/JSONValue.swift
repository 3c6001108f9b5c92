/// A JSON value whose object keys keep their order and their exact bytes.
///
/// A vocabulary may hold two tokens that Swift's `String` takes for equal, because they differ only
/// in composition; a dictionary keyed by `String`, as `JSONDecoder` makes it, would lose one.
enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// The member with an ASCII key; nil if this is no object or has none. The last of several wins.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  /// A number of either kind.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  var array: [JSONValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  var object: [(key: String, value: JSONValue)]? {
    guard case .object(let value) = self else { return nil }
    return value
  }
}
