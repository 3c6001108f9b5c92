/// Cuts template source into tokens as Jinja does with `trim_blocks` and `lstrip_blocks`: the first
/// line break after a block or comment goes, and so do blanks before it on its line.
struct TemplateLexer {
  let source: [Unicode.Scalar]
  var position = 0
  var line = 1
  /// Whether the piece before this one ended with a line break, or nothing came before.
  private var startsLine = true
  /// The closing marks that are due inside the present tag.
  var due: [Unicode.Scalar] = []
  var tokens: [TemplateToken] = []

  /// A tag's opening mark.
  private enum Opening {
    case variable
    case block
    case comment
    case raw
  }

  init(_ text: String) {
    source = Self.withPlainLineBreaks(text)
  }

  /// The tokens of a template, ending with `.end`.
  static func tokens(of text: String) throws -> [TemplateToken] {
    var lexer = TemplateLexer(text)
    try lexer.readAll()
    return lexer.tokens
  }

  /// Line breaks become `\n`, and the last one goes.
  private static func withPlainLineBreaks(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n", afterReturn {
        afterReturn = false
        continue
      }
      afterReturn = scalar == "\r"
      result.append(afterReturn ? "\n" : scalar)
    }
    if result.last == "\n" { result.removeLast() }
    return result
  }

  private mutating func readAll() throws {
    while let (start, opening, sign, end) = nextOpening() {
      readData(upTo: start, before: opening, sign: sign)
      advance(to: end)
      switch opening {
      case .variable:
        tokens.append(TemplateToken(kind: .variableBegin, line: line))
        try readTag(closing: "}")
      case .block:
        tokens.append(TemplateToken(kind: .blockBegin, line: line))
        try readTag(closing: "%")
      case .comment:
        try readComment()
      case .raw:
        try readRaw()
      }
      startsLine = position > 0 && source[position - 1] == "\n"
    }
    if position < source.count {
      append(data: source[position...])
      advance(to: source.count)
    }
    tokens.append(TemplateToken(kind: .end, line: line))
  }

  /// The next tag: where it starts, what it is, its whitespace sign and where its inside starts.
  private func nextOpening() -> (Int, Opening, Unicode.Scalar?, Int)? {
    var index = position
    while index + 1 < source.count {
      defer { index += 1 }
      guard source[index] == "{" else { continue }
      let opening: Opening
      switch source[index + 1] {
      case "{": opening = .variable
      case "%": opening = .block
      case "#": opening = .comment
      default: continue
      }
      var inside = index + 2
      let sign = self[inside].flatMap { $0 == "-" || $0 == "+" ? $0 : nil }
      if sign != nil { inside += 1 }
      if opening == .block, let end = endOfWordTag("raw", from: inside, mayTrimLine: false) {
        return (index, .raw, sign, end)
      }
      return (index, opening, sign, inside)
    }
    return nil
  }

  private mutating func readData(
    upTo end: Int,
    before opening: Opening,
    sign: Unicode.Scalar?
  ) {
    var text = source[position..<end]
    if sign == "-" {
      while let last = text.last, last.isPythonSpace { text.removeLast() }
    } else if sign != "+", opening != .variable {
      let blanks = text.reversed().prefix { $0 != "\n" }
      let atLineStart = blanks.count < text.count || startsLine
      if atLineStart, blanks.allSatisfy(\.isPythonSpace) { text.removeLast(blanks.count) }
    }
    append(data: text)
    advance(to: end)
  }

  private mutating func append(data text: ArraySlice<Unicode.Scalar>) {
    guard !text.isEmpty else { return }
    tokens.append(TemplateToken(kind: .data(String(scalars: text)), line: line))
  }

  private mutating func readComment() throws {
    let start = line
    let inside = position
    while position + 1 < source.count {
      if source[position] == "#", source[position + 1] == "}" {
        // In `{#-#}` the sign belongs to the opening.
        let sign = position > inside ? source[position - 1] : " "
        advance(to: position + 2)
        skipAfterTag(sign: sign)
        return
      }
      advance(to: position + 1)
    }
    throw ChatTemplateError(.malformedTemplate, "A comment has no end.", line: start)
  }

  private mutating func readRaw() throws {
    let start = line
    var index = position
    while index + 1 < source.count {
      if source[index] == "{", source[index + 1] == "%" {
        var inside = index + 2
        let sign = self[inside].flatMap { $0 == "-" || $0 == "+" ? $0 : nil }
        if sign != nil { inside += 1 }
        if let end = endOfWordTag("endraw", from: inside, mayTrimLine: true) {
          startsLine = position > 0 && source[position - 1] == "\n"
          readData(upTo: index, before: .raw, sign: sign)
          advance(to: end)
          return
        }
      }
      index += 1
    }
    throw ChatTemplateError(.malformedTemplate, "A raw block has no end.", line: start)
  }

  /// Where a tag that holds only a word ends, or nil where another tag stands.
  private func endOfWordTag(_ word: String, from start: Int, mayTrimLine: Bool) -> Int? {
    var index = start
    while let scalar = self[index], scalar.isPythonSpace { index += 1 }
    for scalar in word.unicodeScalars {
      guard self[index] == scalar else { return nil }
      index += 1
    }
    while let scalar = self[index], scalar.isPythonSpace { index += 1 }
    var trimsAll = false
    var trimsLine = mayTrimLine
    if self[index] == "-" {
      trimsAll = true
      index += 1
    } else if mayTrimLine, self[index] == "+" {
      trimsLine = false
      index += 1
    }
    guard self[index] == "%", self[index + 1] == "}" else { return nil }
    index += 2
    if trimsAll {
      while let scalar = self[index], scalar.isPythonSpace { index += 1 }
    } else if trimsLine, self[index] == "\n" {
      index += 1
    }
    return index
  }

  /// Skips what a block's or comment's end takes with it.
  mutating func skipAfterTag(sign: Unicode.Scalar) {
    if sign == "-" {
      while let scalar = self[position], scalar.isPythonSpace { advance(to: position + 1) }
    } else if sign != "+", self[position] == "\n" {
      advance(to: position + 1)
    }
  }

  subscript(index: Int) -> Unicode.Scalar? {
    source.indices.contains(index) ? source[index] : nil
  }

  mutating func advance(to end: Int) {
    while position < end {
      if source[position] == "\n" { line += 1 }
      position += 1
    }
  }
}
