/// What stands between the marks of a tag.
extension TemplateLexer {
  private static let marks: [String] = [
    "//", "**", "==", "!=", ">=", "<=",
    "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",",
    ";",
  ]

  /// Reads the tokens of a tag up to and with its end: `}}` or `%}`.
  mutating func readTag(closing: Unicode.Scalar) throws {
    let start = line
    due = []
    while let scalar = self[position] {
      if due.isEmpty, try readEnd(closing: closing) { return }
      if scalar.isPythonSpace {
        advance(to: position + 1)
      } else if ("0"..."9").contains(scalar) {
        try readNumber()
      } else if scalar.isWordPart {
        try readName()
      } else if scalar == "'" || scalar == "\"", try readString(quote: scalar) {
        continue
      } else {
        try readMark()
      }
    }
    throw ChatTemplateError(
      .malformedTemplate,
      "A tag that begins here has no end.",
      line: start
    )
  }

  private mutating func readEnd(closing: Unicode.Scalar) throws -> Bool {
    var index = position
    var sign: Unicode.Scalar = " "
    if let mark = self[index], mark == "-" || (mark == "+" && closing == "%") {
      sign = mark
      index += 1
    }
    guard self[index] == closing, self[index + 1] == "}" else { return false }
    tokens.append(
      TemplateToken(kind: closing == "%" ? .blockEnd : .variableEnd, line: line)
    )
    advance(to: index + 2)
    // A variable's end keeps the line break that follows it.
    if closing == "%" || sign == "-" { skipAfterTag(sign: sign) }
    return true
  }

  private mutating func readMark() throws {
    guard
      let mark = Self.marks.first(where: { mark in
        mark.unicodeScalars.enumerated().allSatisfy { self[position + $0.offset] == $0.element }
      })
    else {
      let text = self[position].map { String($0) } ?? ""
      throw ChatTemplateError(.malformedTemplate, "Unexpected character '\(text)'.", line: line)
    }
    switch mark {
    case "{": due.append("}")
    case "(": due.append(")")
    case "[": due.append("]")
    case "}", ")", "]":
      guard let expected = due.popLast() else {
        throw ChatTemplateError(.malformedTemplate, "Unexpected '\(mark)'.", line: line)
      }
      guard mark.unicodeScalars.first == expected else {
        throw ChatTemplateError(
          .malformedTemplate,
          "Unexpected '\(mark)' where '\(expected)' is due.",
          line: line
        )
      }
    default: break
    }
    tokens.append(TemplateToken(kind: .mark(mark), line: line))
    advance(to: position + mark.unicodeScalars.count)
  }

  private mutating func readName() throws {
    var end = position
    while let scalar = self[end], scalar.isWordPart { end += 1 }
    let name = source[position..<end]
    guard let first = name.first, first == "_" || first.properties.isXIDStart,
      name.allSatisfy(\.properties.isXIDContinue)
    else {
      throw ChatTemplateError(
        .malformedTemplate,
        "'\(String(scalars: name))' is no name.",
        line: line
      )
    }
    tokens.append(TemplateToken(kind: .name(String(scalars: name)), line: line))
    advance(to: end)
  }

  private mutating func readNumber() throws {
    let afterDot = position > 0 && source[position - 1] == "."
    if !afterDot, let end = endOfFraction() {
      let text = digits(position..<end)
      guard let number = Double(text) else { throw badNumber(text) }
      tokens.append(TemplateToken(kind: .double(number), line: line))
      advance(to: end)
      return
    }
    var radix = 10
    var end = position
    if self[end] == "0", let letter = self[end + 1], let other = Self.radix(of: letter),
      endOfDigits(end + 2, radix: other) > end + 2
    {
      radix = other
      end = endOfDigits(end + 2, radix: other)
      position += 2
    } else if self[end] == "0" {
      // Only more zeros belong to a number that begins with one.
      while self[end] == "0" || (self[end] == "_" && self[end + 1] == "0") { end += 1 }
    } else {
      end = endOfDigits(end, radix: 10)
    }
    let text = digits(position..<end)
    guard let number = Int(text, radix: radix) else { throw badNumber(text) }
    tokens.append(TemplateToken(kind: .integer(number), line: line))
    advance(to: end)
  }

  private func badNumber(_ text: String) -> ChatTemplateError {
    ChatTemplateError(
      .unsupportedConstruct,
      "The number \(text.prefix(40)) is too large.",
      line: line
    )
  }

  private static func radix(of letter: Unicode.Scalar) -> Int? {
    switch letter {
    case "b", "B": 2
    case "o", "O": 8
    case "x", "X": 16
    default: nil
    }
  }

  private func digits(_ range: Range<Int>) -> String {
    String(scalars: source[range].filter { $0 != "_" })
  }

  /// Where digits end; single underscores may stand before digits, but not at the start of a
  /// decimal number.
  private func endOfDigits(_ start: Int, radix: Int) -> Int {
    func isDigit(_ index: Int) -> Bool {
      self[index].map { $0.isASCII && (Character($0).hexDigitValue ?? 99) < radix } ?? false
    }
    var end = start
    while isDigit(end) || (self[end] == "_" && isDigit(end + 1) && (end > start || radix != 10)) {
      end += 1
    }
    return end
  }

  /// Where a number with a fraction or an exponent ends, or nil where none stands.
  private func endOfFraction() -> Int? {
    var end = endOfDigits(position, radix: 10)
    var isFraction = false
    if self[end] == ".", endOfDigits(end + 1, radix: 10) > end + 1 {
      end = endOfDigits(end + 1, radix: 10)
      isFraction = true
    }
    if self[end] == "e" || self[end] == "E" {
      let sign = self[end + 1] == "+" || self[end + 1] == "-" ? 1 : 0
      let power = endOfDigits(end + 1 + sign, radix: 10)
      if power > end + 1 + sign { return power }
    }
    return isFraction ? end : nil
  }

  private mutating func readString(quote: Unicode.Scalar) throws -> Bool {
    var end = position + 1
    while let scalar = self[end], scalar != quote { end += scalar == "\\" ? 2 : 1 }
    guard self[end] == quote else { return false }
    let text = try TemplateStringLiteral.text(of: source[(position + 1)..<end], line: line)
    tokens.append(TemplateToken(kind: .string(text), line: line))
    advance(to: end + 1)
    return true
  }
}
