/// Parses JSON (RFC 8259) from UTF-8 bytes.
///
/// Nesting is counted before anything is called for it, so that no file can use up the stack.
struct JSONParser {
  /// How deep arrays and objects may be nested.
  static let maximumDepth = 128

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  /// The one value that the bytes hold.
  static func parse(_ bytes: some Collection<UInt8>) throws(ItemFault) -> JSONValue {
    let result = bytes.withContiguousStorageIfAvailable { parse(buffer: $0) }
    guard let result else {
      return try Array(bytes).withUnsafeBufferPointer { parse(buffer: $0) }.get()
    }
    return try result.get()
  }

  private static func parse(buffer: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, ItemFault> {
    Result { () throws(ItemFault) in
      var parser = JSONParser(bytes: buffer)
      let value = try parser.value()
      parser.skipSpace()
      guard parser.position == buffer.count else {
        throw parser.fault("there is more behind the value")
      }
      return value
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ reason: String) -> ItemFault {
    ItemFault("it is not valid JSON: \(reason) (byte \(position + 1) of the item)")
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value() throws(ItemFault) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("it ends where a value should be")
    default: return try number()
    }
  }

  private mutating func enter() throws(ItemFault) {
    guard depth < Self.maximumDepth else {
      throw fault("it is nested more than \(Self.maximumDepth) levels deep")
    }
    depth += 1
    position += 1
    skipSpace()
  }

  private mutating func array() throws(ItemFault) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      elements.append(try value())
      if try isLast(closing: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  private mutating func object() throws(ItemFault) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
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
      members.append(.init(key, try value()))
      if try isLast(closing: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func isLast(closing: UInt8) throws(ItemFault) -> Bool {
    skipSpace()
    guard let byte = current, byte == UInt8(ascii: ",") || byte == closing else {
      throw fault("a comma or a closing bracket is missing")
    }
    position += 1
    return byte == closing
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(ItemFault) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("a word is unknown") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(ItemFault) -> JSONValue {
    let start = position
    while let byte = current,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard position > start, Double(text) != nil else {
      position = start
      throw fault("a value is missing")
    }
    return .number(text)
  }

  private mutating func string() throws(ItemFault) -> String {
    position += 1
    let start = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    if current == UInt8(ascii: "\"") {
      let text = try text(bytes[start..<position])
      position += 1
      return text
    }
    var result = Array(bytes[start..<position])
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try text(result)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(&result)
      case 0..<0x20:
        throw fault("a string holds a control character")
      default:
        result.append(byte)
        position += 1
      }
    }
    throw fault("a string is not closed")
  }

  private func text(_ bytes: some Collection<UInt8>) throws(ItemFault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ItemFault("it is not valid UTF-8")
    }
    return text
  }

  private mutating func escape(_ result: inout [UInt8]) throws(ItemFault) {
    guard let byte = current else { throw fault("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "u"): result += try unicodeEscape()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    default: throw fault("an escape in a string is unknown")
    }
  }

  private mutating func unicodeEscape() throws(ItemFault) -> [UInt8] {
    var unit = try hexUnit()
    if (0xD800..<0xDC00).contains(unit), bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let low = try hexUnit()
      guard (0xDC00..<0xE000).contains(low) else {
        throw fault("a string holds half of a surrogate pair")
      }
      unit = 0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00))
    }
    guard let scalar = Unicode.Scalar(unit) else {
      throw fault("a string holds half of a surrogate pair")
    }
    return Array(String(scalar).utf8)
  }

  private mutating func hexUnit() throws(ItemFault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("an escape in a string is unknown")
      }
      value = value << 4 | UInt32(digit)
    }
    guard digits.count == 4 else { throw fault("an escape in a string is unknown") }
    position += 4
    return value
  }
}
