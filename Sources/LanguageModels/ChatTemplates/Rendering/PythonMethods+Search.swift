/// Searching, replacing and padding.
extension PythonMethods {
  /// Where text goes within a wider field.
  enum Side {
    case left
    case right
    case center
  }

  /// Text with a part replaced, within the limits.
  static func replaced(
    _ text: String,
    _ old: String,
    _ new: String,
    _ limit: Int,
    _ budget: RenderBudget
  ) throws -> String {
    // An upper bound of the places, so that the length is checked before it is built.
    let most = old.isEmpty ? text.utf8.count + 1 : text.utf8.count / old.utf8.count
    let exact =
      old.isEmpty || most.multipliedReportingOverflow(by: new.utf8.count).partialValue < 1 << 16
      ? min(most, limit) : PythonText.places(of: old, in: text, atMost: limit).count
    let (added, overflow) = exact.multipliedReportingOverflow(by: new.utf8.count)
    try budget.spend(bytes: overflow ? .max : added)
    try budget.spend(bytes: added + text.utf8.count)
    return PythonText.replacing(old, with: new, in: text, atMost: limit)
  }

  static func found(
    _ text: String,
    _ name: String,
    _ arguments: [PythonValue],
    _ budget: RenderBudget
  ) throws -> PythonValue {
    guard let part = arguments.first?.stringText else {
      throw PythonError("'\(name)' needs a string.")
    }
    guard arguments.count == 1 else {
      throw PythonError.unsupported("The method '\(name)' with bounds")
    }
    let count = text.unicodeScalars.count
    if part.isEmpty {
      return .int(name == "count" ? count + 1 : name.hasPrefix("r") ? count : 0)
    }
    if name == "count" { return .int(PythonText.places(of: part, in: text).count) }
    let fromRight = name.hasPrefix("r")
    let place =
      fromRight
      ? lastPlace(of: part, in: text) : PythonText.places(of: part, in: text, atMost: 1).first
    guard let place else {
      if name.hasSuffix("index") { throw PythonError("The part is not in the string.") }
      return .int(-1)
    }
    // Scalars begin at every byte that is no continuation.
    return .int(text.utf8.prefix(place).count { $0 & 0xC0 != 0x80 })
  }

  /// The last place of a part, overlaps counted.
  private static func lastPlace(of part: String, in text: String) -> Int? {
    let (part, text) = (Array(part.utf8.reversed()), Array(text.utf8.reversed()))
    guard let place = PythonText.places(of: part, in: text, atMost: 1).first else { return nil }
    return text.count - part.count - place
  }

  static func partition(
    _ text: String,
    _ separator: String,
    fromRight: Bool
  ) throws -> PythonValue {
    guard !separator.isEmpty else { throw PythonError("'partition' needs a separator.") }
    let place =
      fromRight
      ? lastPlace(of: separator, in: text)
      : PythonText.places(of: separator, in: text, atMost: 1).first
    guard let place else {
      return try .tuple(
        fromRight
          ? [.string(""), .string(""), .string(text)] : [.string(text), .string(""), .string("")]
      )
    }
    let pieces = PythonText.pieces(text, at: [place], length: separator.utf8.count)
    return try .tuple([.string(pieces[0]), .string(separator), .string(pieces[1])])
  }

  /// Text in a field of at least a width.
  static func padded(
    _ text: String,
    _ width: Int,
    _ fill: String,
    _ side: Side,
    _ budget: RenderBudget
  ) throws -> String {
    let missing = max(max(width, 0) - text.unicodeScalars.count, 0)
    guard missing > 0 else { return text }
    try budget.spend(
      bytes: missing.multipliedReportingOverflow(by: 4).overflow ? .max : 4 * missing
    )
    let before =
      switch side {
      case .left: 0
      case .right: missing
      // Python gives the odd place to the left where the width is odd.
      case .center: missing / 2 + (missing & width & 1)
      }
    return String(repeating: fill, count: before) + text
      + String(repeating: fill, count: missing - before)
  }

  static func zeroFilled(_ text: String, _ width: Int, _ budget: RenderBudget) throws -> String {
    let sign = text.unicodeScalars.prefix(1).filter { $0 == "-" || $0 == "+" }
    let digits = String(text.unicodeScalars.dropFirst(sign.count))
    let rest = max(width, 0) - sign.count
    return String(scalars: sign) + (try padded(digits, rest, "0", .right, budget))
  }
}
