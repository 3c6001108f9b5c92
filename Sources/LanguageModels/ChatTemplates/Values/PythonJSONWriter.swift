/// Writes values as Python's `json.dumps` does.
struct PythonJSONWriter {
  /// What `dumps` can be told.
  struct Options {
    var escapesNonASCII = false
    /// What each level is indented by, or nil for one line.
    var indent: String?
    var itemSeparator: String?
    var keySeparator: String?
    var sortsKeys = false
  }

  private let options: Options
  private let itemSeparator: String
  private let keySeparator: String
  private let budget: RenderBudget
  private var writer: PythonTextWriter

  /// The JSON text of a value.
  static func text(
    of value: PythonValue,
    _ options: Options,
    _ budget: RenderBudget
  ) throws -> String {
    var writer = Self(options, budget)
    try writer.append(value, level: 0)
    return writer.writer.text
  }

  private init(_ options: Options, _ budget: RenderBudget) {
    self.options = options
    self.budget = budget
    itemSeparator = options.itemSeparator ?? (options.indent == nil ? ", " : ",")
    keySeparator = options.keySeparator ?? ": "
    writer = PythonTextWriter(budget)
  }

  private mutating func append(_ value: PythonValue, level: Int) throws {
    switch value {
    case .none: try writer.append("null")
    case .bool(let flag): try writer.append(flag ? "true" : "false")
    case .int(let number): try writer.append("\(number)")
    case .double(let number): try writer.append(Self.text(of: number))
    case .string(let text), .markup(let text): try writer.append(try quoted(text))
    case .list(let list), .tuple(let list):
      guard !list.items.isEmpty else { return try writer.append("[]") }
      try writer.append("[")
      for (index, item) in list.items.enumerated() {
        if index > 0 { try writer.append(itemSeparator) }
        try breakLine(level: level + 1)
        try append(item, level: level + 1)
      }
      try breakLine(level: level)
      try writer.append("]")
    case .dictionary(let dictionary):
      guard !dictionary.entries.isEmpty else { return try writer.append("{}") }
      try writer.append("{")
      for (index, entry) in try ordered(dictionary).enumerated() {
        if index > 0 { try writer.append(itemSeparator) }
        try breakLine(level: level + 1)
        try writer.append(try quoted(try name(of: entry.key)))
        try writer.append(keySeparator)
        try append(entry.value, level: level + 1)
      }
      try breakLine(level: level)
      try writer.append("}")
    default: throw PythonError("A \(value.typeName) cannot be written as JSON.")
    }
  }

  private mutating func breakLine(level: Int) throws {
    guard let indent = options.indent else { return }
    try budget.spend(bytes: indent.utf8.count * level)
    try writer.append("\n" + String(repeating: indent, count: level))
  }

  private static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return PythonNumber.text(of: number)
  }

  private func ordered(
    _ dictionary: PythonDictionary
  ) throws -> [(key: PythonValue, value: PythonValue)] {
    guard options.sortsKeys else { return dictionary.entries }
    return try dictionary.entries.sorted {
      try $0.key.precedes($1.key, orEquals: false, budget)
    }
  }

  private func name(of key: PythonValue) throws -> String {
    switch key {
    case .string(let text), .markup(let text): return text
    case .none: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return "\(number)"
    case .double(let number): return Self.text(of: number)
    default: throw PythonError("A \(key.typeName) cannot be a name in JSON.")
    }
  }

  private func quoted(_ text: String) throws -> String {
    try budget.spend(bytes: text.utf8.count)
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\u{0}"..."\u{1F}": result += Self.escape(UInt16(scalar.value))
      case _ where options.escapesNonASCII && !(" "..."~").contains(scalar):
        for unit in UTF16.encode(scalar) ?? .init() { result += Self.escape(unit) }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
