/// The headings of reStructuredText and AsciiDoc; of other texts it knows none.
struct PlainMarkup {
  private enum Kind { case none, restructured, asciiDoc }

  private static let adornments = Array("=-~^\"'`#*+:._".utf8)

  private let kind: Kind
  /// reStructuredText gives its marks levels in the order in which they are met.
  private var marks: [UInt8] = []

  init(path: String) {
    switch FormatDetector.fileExtension(path) {
    case "rst": kind = .restructured
    case "adoc", "asciidoc": kind = .asciiDoc
    default: kind = .none
    }
  }

  /// The words and level of a heading in one line (`== Words`).
  func heading(_ line: ArraySlice<UInt8>) -> (words: ArraySlice<UInt8>, level: Int)? {
    guard kind == .asciiDoc else { return nil }
    let level = line.prefix { $0 == UInt8(ascii: "=") }.count
    let rest = line.dropFirst(level)
    guard (1...6).contains(level), rest.first == 0x20, !rest.isBlank else { return nil }
    return (rest.trimmingWhitespace(), level)
  }

  /// Whether a line stands above a heading, as the same line stands below it.
  func isOverline(_ line: ArraySlice<UInt8>) -> Bool {
    kind == .restructured && Self.adornment(line) != nil
  }

  /// The level that a line of marks gives the words above it.
  mutating func level(_ line: ArraySlice<UInt8>, of words: ArraySlice<UInt8>) -> Int? {
    guard kind == .restructured, let mark = Self.adornment(line), words.count <= 200,
      line.trimmingWhitespace().count * 2 >= words.trimmingWhitespace().count
    else { return nil }
    if let known = marks.firstIndex(of: mark) { return min(known + 1, 6) }
    marks.append(mark)
    return min(marks.count, 6)
  }

  private static func adornment(_ line: ArraySlice<UInt8>) -> UInt8? {
    let trimmed = line.trimmingWhitespace()
    guard trimmed.count >= 3, let mark = trimmed.first, adornments.contains(mark),
      trimmed.allSatisfy({ $0 == mark })
    else { return nil }
    return mark
  }
}
