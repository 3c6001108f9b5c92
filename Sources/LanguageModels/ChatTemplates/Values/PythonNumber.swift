import Foundation

/// Numbers as text and back, by Python's rules.
enum PythonNumber {
  /// What `repr` writes for a float: the shortest digits that read back as the same number, with an
  /// exponent below 1e-4 and from 1e16 on.
  static func text(of number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
    let (digits, exponent) = shortest(number.magnitude)
    let sign = number < 0 ? "-" : ""
    if exponent < -4 || exponent >= 16 {
      let fraction = digits.dropFirst()
      let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      let mantissa = String(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
      return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(power)"
    }
    if exponent < 0 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    let whole = digits.prefix(exponent + 1)
    let fraction = digits.dropFirst(exponent + 1)
    let zeros = String(repeating: "0", count: exponent + 1 - whole.count)
    return sign + whole + zeros + "." + (fraction.isEmpty ? "0" : fraction)
  }

  /// The shortest digits of a positive number, and the power of ten of the first.
  private static func shortest(_ number: Double) -> (digits: String, exponent: Int) {
    let parts = "\(number)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(mantissa[0])
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - 1
    var digits = Substring(whole + fraction)
    while digits.first == "0", digits.count > 1 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == "0", digits.count > 1 { digits.removeLast() }
    return (String(digits), exponent)
  }

  /// The whole number that a text says, as Python's `int` reads it, or nil.
  static func whole(_ text: String, radix: Int = 10) -> Int? {
    var digits = PythonText.stripped(text, of: nil, start: true, end: true)
    guard (2...36).contains(radix) else { return nil }
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = String(digits.removeFirst())
    }
    if let prefix = [2: "0b", 8: "0o", 16: "0x"][radix], digits.lowercased().hasPrefix(prefix) {
      digits.removeFirst(2)
      if digits.first == "_" { digits.removeFirst() }
    }
    return withoutUnderscores(digits).flatMap { Int(sign + $0, radix: radix) }
  }

  /// The number that a text says, as Python's `float` reads it, or nil.
  static func double(_ text: String) -> Double? {
    let text = PythonText.stripped(text, of: nil, start: true, end: true)
    guard let plain = withoutUnderscores(text) else { return nil }
    let bare = plain.drop { $0 == "-" || $0 == "+" }.lowercased()
    guard plain.count - bare.count <= 1 else { return nil }
    if bare == "inf" || bare == "infinity" { return plain.hasPrefix("-") ? -.infinity : .infinity }
    if bare == "nan" { return .nan }
    guard bare.allSatisfy({ $0.isNumber || $0 == "." || $0 == "e" || $0 == "-" || $0 == "+" })
    else { return nil }
    return Double(plain)
  }

  /// The text without the underscores that may stand between digits, or nil where one stands
  /// elsewhere, or a sign that Swift would read stands among the digits.
  private static func withoutUnderscores(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ $0 < 0x80 }), !text.isEmpty else { return nil }
    let characters = Array(text.utf8)
    for (index, character) in characters.enumerated() where character == UInt8(ascii: "_") {
      guard index > 0, index + 1 < characters.count, characters[index - 1] != character,
        Character(Unicode.Scalar(characters[index - 1])).isHexDigit,
        Character(Unicode.Scalar(characters[index + 1])).isHexDigit
      else { return nil }
    }
    return text.replacing("_", with: "")
  }

  /// The whole number of a float without its fraction.
  static func truncated(_ number: Double) throws -> Int {
    guard number.isFinite else { throw PythonError("\(text(of: number)) is no whole number.") }
    guard let whole = Int(exactly: number.rounded(.towardZero)) else { throw PythonError.overflow }
    return whole
  }

  /// A number rounded to places behind the point, halves to even digits.
  static func rounded(_ number: Double, places: Int) -> Double {
    guard number.isFinite, places < 323 else { return number }
    if places >= 0 {
      // The text is rounded from the exact binary value, as Python does it.
      return Double(String(format: "%.\(places)f", number)) ?? number
    }
    guard places > -309 else { return 0 }
    let scale = pow(10, Double(-places))
    return (number / scale).rounded(.toNearestOrEven) * scale
  }
}
