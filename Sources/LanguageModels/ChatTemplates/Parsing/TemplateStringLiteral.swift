/// Turns the inside of a string literal into its text, by Python's rules for escapes.
enum TemplateStringLiteral {
  /// The text of a literal's inside.
  static func text(of inside: ArraySlice<Unicode.Scalar>, line: Int) throws -> String {
    guard inside.contains("\\") else { return String(scalars: inside) }
    var text = String.UnicodeScalarView()
    var rest = inside
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escape = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      switch escape {
      case "\n": break
      case "\\", "'", "\"": text.append(escape)
      case "a": text.append("\u{7}")
      case "b": text.append("\u{8}")
      case "f": text.append("\u{C}")
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "t": text.append("\t")
      case "v": text.append("\u{B}")
      case "0"..."7": text.append(octal(first: escape, rest: &rest))
      case "x": text.append(try hexadecimal(digits: 2, of: &rest, line: line))
      case "u": text.append(try hexadecimal(digits: 4, of: &rest, line: line))
      case "U": text.append(try hexadecimal(digits: 8, of: &rest, line: line))
      case "N":
        throw ChatTemplateError(
          .unsupportedConstruct,
          "The escape \\N{…} is not supported.",
          line: line
        )
      default:
        text.append("\\")
        text.append(contentsOf: escape.isASCII ? [escape] : numbered(escape))
      }
    }
    return String(text)
  }

  private static func octal(
    first: Unicode.Scalar,
    rest: inout ArraySlice<Unicode.Scalar>
  ) -> Unicode.Scalar {
    var value = first.value - 0x30
    for _ in 0..<2 {
      guard let next = rest.first, ("0"..."7").contains(next) else { break }
      rest.removeFirst()
      value = value * 8 + next.value - 0x30
    }
    // Three octal digits stay below the surrogates.
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static func hexadecimal(
    digits: Int,
    of rest: inout ArraySlice<Unicode.Scalar>,
    line: Int
  ) throws -> Unicode.Scalar {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(\.properties.isASCIIHexDigit),
      let value = UInt32(String(scalars: text), radix: 16), value <= 0x10_FFFF
    else {
      throw ChatTemplateError(.malformedTemplate, "A string has a cut-off escape.", line: line)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw ChatTemplateError(
        .unsupportedConstruct,
        "The escape of half a surrogate pair is not supported.",
        line: line
      )
    }
    rest.removeFirst(digits)
    return scalar
  }

  /// What Jinja makes of a backslash before a scalar that is not ASCII: the scalar's number, because
  /// it writes such scalars as escapes before it reads the escapes.
  private static func numbered(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) = digits.count <= 2 ? ("x", 2) : digits.count <= 4 ? ("u", 4) : ("U", 8)
    let zeros = String(repeating: "0", count: width - digits.count)
    return Array((letter + zeros + digits).unicodeScalars)
  }
}
