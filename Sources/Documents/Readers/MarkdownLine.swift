/// What one line of Markdown is, as far as the line itself can tell.
enum MarkdownLine {
  case blank
  case heading(level: Int, text: ArraySlice<UInt8>)
  case fence(mark: UInt8, count: Int)
  /// A list item's marker as it should read, and what follows it.
  case item(marker: String, text: ArraySlice<UInt8>)
  /// `---`, `***`, `___`; `---` may also underline a heading.
  case rule
  case underline(level: Int)
  /// Markup without words: link definitions, template and attribute lines.
  case markup
  case text

  init(_ line: ArraySlice<UInt8>) {
    let text = line.trimmingWhitespace()
    guard let first = text.first else {
      self = .blank
      return
    }
    switch first {
    case UInt8(ascii: "#"): self = Self.heading(text) ?? .text
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      self = Self.fence(text, first) ?? .text
    case UInt8(ascii: "="):
      self = text.allSatisfy { $0 == first } ? .underline(level: 1) : .text
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"):
      self = Self.ruleOrItem(text, first)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = Self.numberedItem(text) ?? .text
    case UInt8(ascii: "["): self = Self.isDefinition(text) ? .markup : .text
    case UInt8(ascii: "{"):
      let isTemplate = text.starts(withText: "{%") && text.suffix(2).elementsEqual("%}".utf8)
      let isAttribute = text.starts(withText: "{:") && text.last == UInt8(ascii: "}")
      self = isTemplate || isAttribute ? .markup : .text
    default: self = .text
    }
  }

  private static func heading(_ text: ArraySlice<UInt8>) -> MarkdownLine? {
    let level = text.prefix { $0 == UInt8(ascii: "#") }.count
    var rest = text.dropFirst(level)
    guard level <= 6, rest.first?.isWhitespace ?? true else { return nil }
    rest = rest.trimmingWhitespace()
    var closed = rest
    while closed.last == UInt8(ascii: "#") { closed = closed.dropLast() }
    if closed.isEmpty || closed.last?.isWhitespace == true { rest = closed }
    return .heading(level: level, text: rest.trimmingWhitespace())
  }

  private static func fence(_ text: ArraySlice<UInt8>, _ mark: UInt8) -> MarkdownLine? {
    let count = text.prefix { $0 == mark }.count
    guard count >= 3 else { return nil }
    // Backticks after backticks make it a code span.
    if mark == UInt8(ascii: "`"), text.dropFirst(count).contains(mark) { return nil }
    return .fence(mark: mark, count: count)
  }

  private static func ruleOrItem(_ text: ArraySlice<UInt8>, _ mark: UInt8) -> MarkdownLine {
    if mark != UInt8(ascii: "+"), text.allSatisfy({ $0 == mark || $0.isWhitespace }) {
      let count = text.count { $0 == mark }
      if mark == UInt8(ascii: "-"), count == text.count, count != 1 { return .underline(level: 2) }
      if count >= 3 { return .rule }
    }
    let rest = text.dropFirst()
    guard mark != UInt8(ascii: "_"), let next = rest.first, next.isWhitespace else { return .text }
    return .item(marker: "- ", text: rest.trimmingWhitespace())
  }

  private static func numberedItem(_ text: ArraySlice<UInt8>) -> MarkdownLine? {
    let digits = text.prefix(while: \.isDigit)
    guard digits.count <= 9 else { return nil }
    let rest = text.dropFirst(digits.count)
    guard let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
      rest.dropFirst().first?.isWhitespace == true
    else { return nil }
    return .item(
      marker: digits.string + [mark][...].string + " ",
      text: rest.dropFirst().trimmingWhitespace()
    )
  }

  /// `[label]: target`, but not the footnote `[^1]: words`.
  private static func isDefinition(_ text: ArraySlice<UInt8>) -> Bool {
    definitionLabel(text) != nil
  }

  /// The label that a line defines, in lower case.
  static func definitionLabel(_ text: ArraySlice<UInt8>) -> String? {
    let text = text.trimmingWhitespace()
    guard text.first == UInt8(ascii: "["), text.dropFirst().first != UInt8(ascii: "^"),
      let end = text.prefix(200).firstIndex(of: UInt8(ascii: "]")),
      text.dropFirst(end + 1 - text.startIndex).first == UInt8(ascii: ":")
    else { return nil }
    return text[(text.startIndex + 1)..<end].string.lowercased()
  }
}
