import Foundation

/// Reads JSON into template values, with members in the order in which they stand.
///
/// `JSONSerialization` loses the order, and a template that writes a tool's schema would then write
/// another prompt than the model was trained on.
struct TemplateJSONReader {
  private let bytes: [UInt8]
  /// Whether whole numbers beyond 64 bits become floats, where nothing depends on their digits.
  private let roundsLargeNumbers: Bool
  private var position = 0
  private var depth = 0

  /// The value that JSON text says.
  static func value(of bytes: [UInt8], roundsLargeNumbers: Bool = false) throws -> TemplateValue {
    var reader = Self(bytes: bytes, roundsLargeNumbers: roundsLargeNumbers)
    let value = try reader.readValue()
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.error("Something follows the value") }
    return value
  }

  private init(bytes: [UInt8], roundsLargeNumbers: Bool) {
    self.bytes = bytes
    self.roundsLargeNumbers = roundsLargeNumbers
  }

  private func error(_ message: String) -> ChatTemplateError {
    ChatTemplateError(
      .invalidInput,
      "\(message) at byte \(position).",
      subject: "JSON",
      remedy: "Hand in well-formed JSON."
    )
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func readValue() throws -> TemplateValue {
    skipSpace()
    guard depth < ChatTemplateLimits.valueDepth else { throw error("Values nest too deep") }
    depth += 1
    defer { depth -= 1 }
    switch next.map({ Unicode.Scalar($0) }) {
    case "{": return try readObject()
    case "[": return try readArray()
    case "\"": return .string(try readString())
    case "t": return try readWord("true", .bool(true))
    case "f": return try readWord("false", .bool(false))
    case "n": return try readWord("null", .null)
    default: return try readNumber()
    }
  }

  private mutating func readWord(_ word: String, _ value: TemplateValue) throws -> TemplateValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("Unexpected text") }
    position += word.utf8.count
    return value
  }

  private mutating func readObject() throws -> TemplateValue {
    position += 1
    var object = TemplateObject()
    skipSpace()
    if skip("}") { return .object(object) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("A name is missing") }
      let name = try readString()
      skipSpace()
      guard skip(":") else { throw error("A colon is missing") }
      object[name] = try readValue()
      skipSpace()
    } while skip(",")
    guard skip("}") else { throw error("An object has no end") }
    return .object(object)
  }

  private mutating func readArray() throws -> TemplateValue {
    position += 1
    var values: [TemplateValue] = []
    skipSpace()
    if skip("]") { return .array(values) }
    repeat {
      values.append(try readValue())
      skipSpace()
    } while skip(",")
    guard skip("]") else { throw error("An array has no end") }
    return .array(values)
  }

  private mutating func readNumber() throws -> TemplateValue {
    let start = position
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let startsWell = digits.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    let hasExtraZero =
      digits.hasPrefix("0")
      && digits.dropFirst().utf8.first.map {
        (0x30...0x39).contains($0)
      } ?? false
    let last = text.utf8.last.map { (0x30...0x39).contains($0) } ?? false
    guard startsWell, !hasExtraZero, last, !text.contains(".e"), !text.contains(".E") else {
      throw error("Unexpected text")
    }
    if !text.contains(where: { ".eE".contains($0) }) {
      if let number = Int(text) { return .integer(number) }
      guard roundsLargeNumbers, let number = Double(text) else {
        throw error("A whole number is malformed or beyond 64 bits")
      }
      return .double(number)
    }
    guard let number = Double(text) else { throw error("A number is malformed") }
    return .double(number)
  }

  private mutating func readString() throws -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: text, as: UTF8.self) else {
          throw error("A string is no UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): text += try readEscape()
      case 0..<0x20: throw error("A string holds a control character")
      default: text.append(byte)
      }
    }
    throw error("A string has no end")
  }

  private mutating func readEscape() throws -> [UInt8] {
    guard let byte = next else { throw error("A string has no end") }
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": return [byte]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u":
      let first = try readUnit()
      if let scalar = Unicode.Scalar(first) { return Array(String(scalar).utf8) }
      guard first < 0xDC00, skip("\\"), skip("u") else { throw error("Half a surrogate pair") }
      let second = try readUnit()
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      else { throw error("Half a surrogate pair") }
      return Array(String(scalar).utf8)
    default: throw error("An unknown escape")
    }
  }

  private mutating func readUnit() throws -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("A cut-off escape") }
    position += 4
    return unit
  }
}

extension TemplateValue {
  /// A value from JSON, with members in the order in which they stand.
  ///
  /// - Throws: ``ChatTemplateError`` where the text is no JSON, nests more than 200 levels deep or
  ///   holds a whole number beyond 64 bits.
  public init(json: String) throws(ChatTemplateError) {
    do {
      self = try TemplateJSONReader.value(of: Array(json.utf8))
    } catch let error as ChatTemplateError {
      throw error
    } catch {
      throw ChatTemplateError(.invalidInput, "The JSON cannot be read.", cause: "\(error)")
    }
  }
}
