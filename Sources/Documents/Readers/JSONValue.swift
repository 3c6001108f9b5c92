/// A JSON value as it stands in the file: numbers keep their digits, objects their order.
indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  /// The number's own text.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable {
    var key: String
    var value: JSONValue
  }

  /// The text of a value without parts; nil for null, arrays and objects.
  var scalarText: String? {
    switch self {
    case .null, .array, .object: nil
    case .boolean(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    }
  }

  var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
