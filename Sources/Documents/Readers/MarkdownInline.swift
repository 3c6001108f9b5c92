/// Turns a paragraph of Markdown into readable text: emphasis marks, link targets, tags and
/// comments go, the words stay.
///
/// - Complexity: linear in the number of bytes.
struct MarkdownInline {
  private let input: ArraySlice<UInt8>
  private let references: Set<String>
  private var position: Int
  private var output: [UInt8] = []
  /// Which bytes of `output` turned out to be markup.
  private var isMarkup: [Bool] = []
  private var runs: [DelimiterRun] = []
  private var brackets: [Bracket] = []
  private var codeRuns: [Int: [Int]]
  private var hasNoCommentEnd = false

  private struct DelimiterRun {
    var mark: UInt8
    var start: Int
    var count: Int
    var canOpen: Bool
    var canClose: Bool
  }

  private struct Bracket {
    var start: Int
    var length: Int
  }

  /// The readable text of a paragraph whose lines are joined by line feeds. `references` are the
  /// labels that the document defines, in lower case.
  static func text(_ text: ArraySlice<UInt8>, references: Set<String> = []) -> ArraySlice<UInt8> {
    var inline = MarkdownInline(text, references: references)
    return inline.run()[...]
  }

  private init(_ input: ArraySlice<UInt8>, references: Set<String>) {
    self.input = input
    self.references = references
    position = input.startIndex
    codeRuns = Self.backtickRuns(input)
  }

  private mutating func run() -> [UInt8] {
    while position < input.endIndex {
      let byte = input[position]
      switch byte {
      case UInt8(ascii: "\\"): escape()
      case UInt8(ascii: "`"): codeSpan()
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): delimiters(byte)
      case UInt8(ascii: "!") where peek(1) == UInt8(ascii: "["):
        open(length: 2)
      case UInt8(ascii: "["): open(length: 1)
      case UInt8(ascii: "]"): close()
      case UInt8(ascii: "<"): angle()
      case UInt8(ascii: "&"): reference()
      case 0x0A: lineEnd()
      default: keep(byte)
      }
    }
    matchDelimiters()
    return zip(output, isMarkup).compactMap { $1 ? nil : $0 }
  }

  private func peek(_ distance: Int) -> UInt8? {
    let index = position + distance
    return index < input.endIndex ? input[index] : nil
  }

  private mutating func emit(_ byte: UInt8, markup: Bool = false) {
    output.append(byte)
    isMarkup.append(markup)
  }

  private mutating func keep(_ byte: UInt8) {
    emit(byte)
    position += 1
  }

  private mutating func escape() {
    guard let next = peek(1) else { return keep(UInt8(ascii: "\\")) }
    if next == 0x0A {
      position += 1
      emit(0x0A)
      position += 1
    } else if next.isPunctuation {
      position += 1
      keep(next)
    } else {
      keep(UInt8(ascii: "\\"))
    }
  }

  /// A line end within a paragraph is a space; after two spaces it is a line end.
  private mutating func lineEnd() {
    position += 1
    var spaces = 0
    while let last = output.last, last == 0x20 {
      output.removeLast()
      isMarkup.removeLast()
      spaces += 1
    }
    emit(spaces >= 2 ? 0x0A : 0x20)
  }

  private mutating func reference() {
    guard let found = CharacterReferences.parse(input[position...]) else {
      return keep(UInt8(ascii: "&"))
    }
    position += found.length
    let scalar: Unicode.Scalar = found.scalar == "\u{A0}" ? " " : found.scalar
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { emit(byte) }
  }

  // MARK: Code

  private static func backtickRuns(_ input: ArraySlice<UInt8>) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    var index = input.startIndex
    while index < input.endIndex {
      guard input[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let start = index
      while index < input.endIndex, input[index] == UInt8(ascii: "`") { index += 1 }
      result[index - start, default: []].append(start)
    }
    // Reversed, so that runs that lie behind are dropped from the end.
    return result.mapValues { $0.reversed() }
  }

  private mutating func codeSpan() {
    var length = 0
    while peek(length) == UInt8(ascii: "`") { length += 1 }
    let content = position + length
    while let last = codeRuns[length]?.last, last < content { codeRuns[length]?.removeLast() }
    guard let end = codeRuns[length]?.last else {
      for _ in 0..<length { keep(UInt8(ascii: "`")) }
      return
    }
    for byte in input[content..<end].trimmingWhitespace() { emit(byte == 0x0A ? 0x20 : byte) }
    position = end + length
  }

  // MARK: Emphasis

  private mutating func delimiters(_ mark: UInt8) {
    let before = position > input.startIndex ? input[position - 1] : 0x20
    var count = 0
    while peek(count) == mark { count += 1 }
    let after = peek(count) ?? 0x20
    let left =
      !after.isWhitespace
      && (!after.isPunctuation || before.isWhitespace || before.isPunctuation)
    let right =
      !before.isWhitespace
      && (!before.isPunctuation || after.isWhitespace || after.isPunctuation)
    let isUnderscore = mark == UInt8(ascii: "_")
    let isStrike = mark == UInt8(ascii: "~")
    if !(isStrike && count != 2) {
      runs.append(
        DelimiterRun(
          mark: mark,
          start: output.count,
          count: count,
          canOpen: isUnderscore ? left && (!right || before.isPunctuation) : left,
          canClose: isUnderscore ? right && (!left || after.isPunctuation) : right
        )
      )
    }
    for _ in 0..<count { keep(mark) }
  }

  private mutating func matchDelimiters() {
    var openers: [UInt8: [Int]] = [:]
    for index in runs.indices {
      let mark = runs[index].mark
      while runs[index].canClose, runs[index].count > 0, let opener = openers[mark]?.last {
        let used = min(runs[opener].count, runs[index].count)
        runs[opener].count -= used
        for offset in 0..<used { isMarkup[runs[opener].start + runs[opener].count + offset] = true }
        for offset in 0..<used { isMarkup[runs[index].start + offset] = true }
        runs[index].start += used
        runs[index].count -= used
        if runs[opener].count == 0 { openers[mark]?.removeLast() }
      }
      if runs[index].canOpen, runs[index].count > 0 { openers[mark, default: []].append(index) }
    }
  }

  // MARK: Links

  private mutating func open(length: Int) {
    brackets.append(Bracket(start: output.count, length: length))
    for _ in 0..<length { keep(input[position]) }
  }

  private mutating func close() {
    guard let bracket = brackets.popLast() else { return keep(UInt8(ascii: "]")) }
    let next = peek(1)
    var end: Int?
    if next == UInt8(ascii: "(") {
      end = destinationEnd(from: position + 2)
    } else if next == UInt8(ascii: "["), let close = labelEnd(from: position + 2) {
      end = close + 1
    }
    if end == nil, !references.isEmpty, output.count - bracket.start < 200 {
      let label = output[(bracket.start + bracket.length)...].string.lowercased()
      if references.contains(label) { end = position + 1 }
    }
    guard let end else { return keep(UInt8(ascii: "]")) }
    for offset in 0..<bracket.length { isMarkup[bracket.start + offset] = true }
    position = end
  }

  private func labelEnd(from start: Int) -> Int? {
    input[min(start, input.endIndex)...].prefix(200).firstIndex(of: UInt8(ascii: "]"))
  }

  /// Just after the parenthesis that closes a link's target.
  private func destinationEnd(from start: Int) -> Int? {
    var depth = 1
    var quote: UInt8?
    var index = start
    // A target longer than this is no target; the bound keeps hostile input linear.
    let limit = min(input.endIndex, start + 2048)
    while index < limit {
      let byte = input[index]
      if byte == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\""), index > start, input[index - 1].isWhitespace {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        depth += 1
        if depth > 4 { return nil }
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return index + 1 }
      }
      index += 1
    }
    return nil
  }

  // MARK: Tags

  private mutating func angle() {
    let rest = input[position...]
    if rest.starts(withText: "<!--") {
      if !hasNoCommentEnd, let end = rest.firstRange(of: Array("-->".utf8)) {
        position = end.upperBound
        return
      }
      hasNoCommentEnd = true
    }
    guard let next = peek(1), next.isLetter || next == UInt8(ascii: "/"),
      let end = tagEnd(from: position + 1)
    else { return keep(UInt8(ascii: "<")) }
    let content = input[(position + 1)..<end]
    let isAutolink =
      !content.contains(where: \.isWhitespace)
      && (content.contains(UInt8(ascii: "@")) || content.firstRange(of: Array("://".utf8)) != nil)
      && !content.contains(UInt8(ascii: "="))
    if isAutolink {
      for byte in content { emit(byte) }
    } else if content.prefix(2).string.lowercased() == "br" {
      emit(0x0A)
    }
    position = end + 1
  }

  private func tagEnd(from start: Int) -> Int? {
    var index = start
    while index < input.endIndex {
      if input[index] == UInt8(ascii: ">") { return index }
      if input[index] == UInt8(ascii: "<") { return nil }
      index += 1
    }
    return nil
  }
}
