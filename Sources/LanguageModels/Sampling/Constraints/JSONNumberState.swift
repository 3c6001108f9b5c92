/// Where within a JSON number the text stands.
///
/// Numbers are kept so short that readers neither overflow nor round them beyond use.
enum JSONNumberState: Hashable {
  case start
  case minus
  /// After a leading zero.
  case zero
  case whole(digits: Int)
  case point
  case fraction(digits: Int)
  case exponent
  case exponentSign
  case exponentDigits(Int)

  /// The most digits before the point and behind it, and of the exponent.
  private static let longest = (whole: 15, fraction: 15, exponent: 2)

  /// Whether the number may end here.
  var isComplete: Bool {
    switch self {
    case .zero, .whole, .fraction, .exponentDigits: true
    case .start, .minus, .point, .exponent, .exponentSign: false
    }
  }

  /// What a byte leads to, or nil where it is out of place.
  func after(_ byte: UInt8, isWhole: Bool, mayBeNegative: Bool) -> Self? {
    let isDigit = (0x30...0x39).contains(byte)
    switch self {
    case .start, .minus:
      if self == .start, mayBeNegative, byte == UInt8(ascii: "-") { return .minus }
      if byte == 0x30 { return .zero }
      return isDigit ? .whole(digits: 1) : nil
    case .zero: return isWhole ? nil : afterWhole(byte)
    case .whole(let digits):
      if isDigit { return digits < Self.longest.whole ? .whole(digits: digits + 1) : nil }
      return isWhole ? nil : afterWhole(byte)
    case .point: return isDigit ? .fraction(digits: 1) : nil
    case .fraction(let digits):
      if isDigit { return digits < Self.longest.fraction ? .fraction(digits: digits + 1) : nil }
      return afterFraction(byte)
    case .exponent:
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { return .exponentSign }
      return isDigit ? .exponentDigits(1) : nil
    case .exponentSign: return isDigit ? .exponentDigits(1) : nil
    case .exponentDigits(let digits):
      return isDigit && digits < Self.longest.exponent ? .exponentDigits(digits + 1) : nil
    }
  }

  private func afterWhole(_ byte: UInt8) -> Self? {
    byte == UInt8(ascii: ".") ? .point : afterFraction(byte)
  }

  private func afterFraction(_ byte: UInt8) -> Self? {
    byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") ? .exponent : nil
  }
}
