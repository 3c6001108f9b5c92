/// Parses JSON (RFC 8259) from UTF-8 bytes.
///
/// Nesting is counted before anything is called for it, so a hostile file cannot use up the stack.
struct JSONParser {
  /// What is wrong, and at which byte.
  struct Fault: Error {
    var reason: String
    var offset: Int
  }

  /// How deep arrays and objects may be nested.
  static let maximumDepth = 200

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var depth = 0

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The one value that the bytes hold.
  ///
  /// - Throws: ``Fault``, its offset counted in the slice's own indices.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(Fault) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.endIndex else {
      throw parser.fault("there is more behind the value")
    }
    return value
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func fault(_ reason: String) -> Fault { Fault(reason: reason, offset: position) }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value() throws(Fault) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try nested { parser throws(Fault) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Fault) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("it ends where a value should be")
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(Fault) -> JSONValue
  ) throws(Fault) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw fault("it is nested more than \(Self.maximumDepth) levels deep")
    }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try body(&self)
  }

  private mutating func array() throws(Fault) -> JSONValue {
    var elements: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      elements.append(try value())
      if try isLast(closing: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  private mutating func object() throws(Fault) -> JSONValue {
    var members: [JSONValue.Member] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
      let key = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw fault("a colon is missing") }
      position += 1
      members.append(.init(key: key, value: try value()))
      if try isLast(closing: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func isLast(closing: UInt8) throws(Fault) -> Bool {
    skipSpace()
    guard current == UInt8(ascii: ",") || current == closing else {
      throw fault("a comma or a closing bracket is missing")
    }
    position += 1
    return bytes[position - 1] == closing
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("it is not JSON") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(Fault) -> JSONValue {
    let start = position
    while let byte = current, byte.isDigit || "+-.eE".utf8.contains(byte) { position += 1 }
    let text = bytes[start..<position].string
    guard position > start, Double(text) != nil else {
      position = start
      throw fault("it is not JSON")
    }
    return .number(text)
  }

  private mutating func string() throws(Fault) -> String {
    position += 1
    var result: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return result[...].string
      case UInt8(ascii: "\\"):
        position += 1
        try escape(&result)
      default:
        result.append(byte)
        position += 1
      }
    }
    throw fault("a string is not closed")
  }

  private mutating func escape(_ result: inout [UInt8]) throws(Fault) {
    guard let byte = current else { throw fault("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "u"):
      var unit = try hexUnit()
      if (0xD800..<0xDC00).contains(unit), bytes[position...].starts(withText: "\\u") {
        let saved = position
        position += 2
        let low = try hexUnit()
        if (0xDC00..<0xE000).contains(low) {
          unit = 0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00))
        } else {
          position = saved
        }
      }
      let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    default: throw fault("an escape in a string is unknown")
    }
  }

  private mutating func hexUnit() throws(Fault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ $0.isDigit || $0.isLetter }),
      let value = UInt32(digits.string, radix: 16)
    else { throw fault("an escape in a string is unknown") }
    position += 4
    return value
  }
}
