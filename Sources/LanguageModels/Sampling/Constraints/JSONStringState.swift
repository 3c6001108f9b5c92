/// Where within a JSON string the text stands.
enum JSONStringState: Hashable {
  /// Before the opening quote.
  case start
  case inside
  /// After a backslash.
  case escape
  /// Within `\uXXXX`, with so many digits written; only the second digit after a `d` is restricted,
  /// so that no half of a surrogate pair is written.
  case digits(Int, mayBeSurrogate: Bool)
  /// Within a character of several bytes: how many are left, and between what the next one lies.
  case bytes(left: Int, low: UInt8, high: UInt8)

  /// What a byte leads to: another state and whether it ends a character, or nil where it is out of
  /// place. The closing quote is not asked about.
  func after(_ byte: UInt8) -> (state: Self, endsCharacter: Bool)? {
    switch self {
    case .start: return byte == UInt8(ascii: "\"") ? (.inside, false) : nil
    case .inside: return afterInside(byte)
    case .escape:
      if byte == UInt8(ascii: "u") { return (.digits(0, mayBeSurrogate: false), false) }
      return "\"\\/bfnrt".utf8.contains(byte) ? (.inside, true) : nil
    case .digits(let count, let mayBeSurrogate):
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80,
        !mayBeSurrogate || digit < 8
      else { return nil }
      if count == 3 { return (.inside, true) }
      return (.digits(count + 1, mayBeSurrogate: count == 0 && digit == 0xD), false)
    case .bytes(let left, let low, let high):
      guard (low...high).contains(byte) else { return nil }
      return left == 1 ? (.inside, true) : (.bytes(left: left - 1, low: 0x80, high: 0xBF), false)
    }
  }

  /// The well-formed bytes of UTF-8 (Unicode 16, table 3-7).
  private func afterInside(_ byte: UInt8) -> (state: Self, endsCharacter: Bool)? {
    switch byte {
    case UInt8(ascii: "\\"): (.escape, false)
    case UInt8(ascii: "\""): nil
    case 0x20...0x7E: (.inside, true)
    case 0xC2...0xDF: (.bytes(left: 1, low: 0x80, high: 0xBF), false)
    case 0xE0: (.bytes(left: 2, low: 0xA0, high: 0xBF), false)
    case 0xED: (.bytes(left: 2, low: 0x80, high: 0x9F), false)
    case 0xE1...0xEF: (.bytes(left: 2, low: 0x80, high: 0xBF), false)
    case 0xF0: (.bytes(left: 3, low: 0x90, high: 0xBF), false)
    case 0xF4: (.bytes(left: 3, low: 0x80, high: 0x8F), false)
    case 0xF1...0xF3: (.bytes(left: 3, low: 0x80, high: 0xBF), false)
    default: nil
    }
  }

  /// The shortest bytes that end the character that has been begun.
  var ending: [UInt8] {
    switch self {
    case .start, .inside: []
    case .escape: [UInt8(ascii: "n")]
    case .digits(let count, _): [UInt8](repeating: UInt8(ascii: "0"), count: 4 - count)
    case .bytes(let left, let low, _): [low] + [UInt8](repeating: 0x80, count: left - 1)
    }
  }
}
