import Foundation

/// `'…' % values` and `'…'.format(values)`, for the conversions that templates use.
enum PythonFormat {
  /// How one value is to be written.
  private struct Conversion {
    var fillsWithZeros = false
    var alignsLeft = false
    var showsPlus = false
    var width = 0
    var precision: Int?
  }

  /// The widest field.
  private static let widest = 10_000

  /// What `format % values` gives.
  static func percent(
    _ format: String,
    _ values: PythonValue,
    _ budget: RenderBudget
  ) throws -> String {
    try budget.spend(bytes: format.utf8.count)
    var waiting: [PythonValue]
    if case .tuple(let tuple) = values { waiting = tuple.items } else { waiting = [values] }
    waiting.reverse()
    var writer = PythonTextWriter(budget)
    var rest = format.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        try writer.append(String(scalar))
        continue
      }
      var conversion = Conversion()
      while let flag = rest.first, "-+ 0#".unicodeScalars.contains(flag) {
        rest.removeFirst()
        switch flag {
        case "-": conversion.alignsLeft = true
        case "+": conversion.showsPlus = true
        case "0": conversion.fillsWithZeros = true
        default: throw PythonError.unsupported("The flag '\(flag)' after '%'")
        }
      }
      conversion.width = try number(&rest) ?? 0
      if rest.first == "." {
        rest.removeFirst()
        conversion.precision = try number(&rest) ?? 0
      }
      guard let kind = rest.popFirst() else { throw PythonError("A format ends within '%'.") }
      if kind == "%" {
        try writer.append("%")
        continue
      }
      guard let value = waiting.popLast() else { throw PythonError("A format has too few values.") }
      try writer.append(try text(of: value, kind, conversion, budget))
    }
    if !waiting.isEmpty {
      // What has items may be left over, as Python takes it for a source of names.
      switch values {
      case .list, .dictionary, .range, .undefined: break
      default: throw PythonError("A format has too many values.")
      }
    }
    return writer.text
  }

  private static func number(_ rest: inout Substring.UnicodeScalarView) throws -> Int? {
    var number: Int?
    while let digit = rest.first, ("0"..."9").contains(digit) {
      rest.removeFirst()
      let value = (number ?? 0) * 10 + Int(digit.value - 0x30)
      guard value <= widest else { throw PythonError(.limitExceeded, "A format is too wide.") }
      number = value
    }
    return number
  }

  private static func text(
    of value: PythonValue,
    _ kind: Unicode.Scalar,
    _ conversion: Conversion,
    _ budget: RenderBudget
  ) throws -> String {
    var text: String
    var isNumber = true
    switch kind {
    case "s", "r":
      isNumber = false
      var writer = PythonTextWriter(budget)
      if kind == "s" {
        try writer.appendText(of: value)
      } else {
        try writer.appendRepresentation(of: value)
      }
      text = writer.text
      if let precision = conversion.precision {
        text = String(scalars: text.unicodeScalars.prefix(precision))
      }
    case "d", "i", "x", "X", "o":
      guard conversion.precision == nil else {
        throw PythonError.unsupported("A precision for '%\(kind)'")
      }
      var whole = value.wholeNumber
      if whole == nil, kind == "d" || kind == "i", case .double(let number) = value {
        whole = try PythonNumber.truncated(number)
      }
      guard let whole else { throw PythonError("'%\(kind)' needs a number.") }
      let radix = kind == "o" ? 8 : kind == "d" || kind == "i" ? 10 : 16
      text = String(whole, radix: radix, uppercase: kind == "X")
    case "f", "F", "e", "g":
      guard let number = value.number else { throw PythonError("'%\(kind)' needs a number.") }
      text = String(format: "%.\(conversion.precision ?? 6)\(kind)", number)
    default: throw PythonError.unsupported("The conversion '%\(kind)'")
    }
    if isNumber, conversion.showsPlus, !text.hasPrefix("-") { text = "+" + text }
    let missing = max(conversion.width - text.unicodeScalars.count, 0)
    if conversion.alignsLeft { return text + String(repeating: " ", count: missing) }
    guard isNumber, conversion.fillsWithZeros else {
      return String(repeating: " ", count: missing) + text
    }
    let sign = text.prefix { $0 == "-" || $0 == "+" }
    return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
  }

  /// What `format.format(values)` gives, for fields without a format of their own.
  static func braces(
    _ format: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> String {
    try budget.spend(bytes: format.utf8.count)
    var writer = PythonTextWriter(budget)
    var rest = format.unicodeScalars[...]
    var next = 0
    while let scalar = rest.popFirst() {
      guard scalar == "{" || scalar == "}" else {
        try writer.append(String(scalar))
        continue
      }
      if rest.first == scalar {
        rest.removeFirst()
        try writer.append(String(scalar))
        continue
      }
      let field = String(rest.prefix { $0 != "}" })
      guard scalar == "{", rest.count > field.unicodeScalars.count else {
        throw PythonError("A format has a single '\(scalar)'.")
      }
      rest.removeFirst(field.unicodeScalars.count + 1)
      if field.isEmpty {
        guard next < call.positional.count else {
          throw PythonError("A format has too few values.")
        }
        try writer.appendText(of: call.positional[next])
        next += 1
      } else if let place = Int(field) {
        guard call.positional.indices.contains(place) else {
          throw PythonError("A format has too few values.")
        }
        try writer.appendText(of: call.positional[place])
      } else if let value = call.named.first(where: { $0.name == field })?.value {
        try writer.appendText(of: value)
      } else {
        throw PythonError.unsupported("The field '{\(field)}' of a format")
      }
    }
    return writer.text
  }
}
