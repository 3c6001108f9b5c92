/// Reads plain text: paragraphs between blank lines, and headings where a line is underlined with
/// `=` or `-` or opens the file alone.
enum PlainTextReader {
  static func read(_ text: DecodedText, path: String) -> ExtractedDocument {
    var builder = DocumentBuilder()
    var title: String?
    var paragraph: [Range<Int>] = []
    var isFirst = true
    var markup = PlainMarkup(path: path)

    func flush() {
      guard let first = paragraph.first, let last = paragraph.last else { return }
      let origin = text.origin(first.lowerBound..<last.upperBound)
      let isTitle = isFirst && paragraph.count == 1 && looksLikeTitle(text.bytes[first])
      if isTitle { title = text.bytes[first].trimmingWhitespace().string }
      builder.append(
        isTitle ? .heading(level: 1) : .paragraph,
        joined(paragraph, text.bytes),
        origin: origin
      )
      isFirst = false
      paragraph.removeAll(keepingCapacity: true)
    }

    for line in TextLines(text.bytes).ranges {
      if text.bytes[line].isBlank {
        flush()
      } else if let heading = markup.heading(text.bytes[line]), paragraph.isEmpty {
        if title == nil { title = heading.words.string }
        builder.append(
          .heading(level: heading.level),
          heading.words,
          origin: text.origin(line)
        )
        isFirst = false
      } else if markup.isOverline(text.bytes[line]), paragraph.isEmpty {
        continue
      } else if paragraph.count == 1,
        let level = markup.level(text.bytes[line], of: text.bytes[paragraph[0]])
          ?? underline(text.bytes[line], of: paragraph[0])
      {
        let heading = text.bytes[paragraph[0]].trimmingWhitespace()
        if title == nil, level == 1 { title = heading.string }
        builder.append(
          .heading(level: level),
          heading,
          origin: text.origin(paragraph[0].lowerBound..<line.upperBound)
        )
        isFirst = false
        paragraph.removeAll(keepingCapacity: true)
      } else {
        paragraph.append(line)
      }
    }
    flush()
    return builder.document(
      title: title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.plainText.mediaType
    )
  }

  /// The paragraph's lines: flowing together where they were wrapped at a margin, else as they are.
  static func joined(_ lines: [Range<Int>], _ bytes: [UInt8]) -> ArraySlice<UInt8> {
    if lines.count == 1 { return bytes[lines[0]] }
    let margin = lines.map(\.count).max() ?? 0
    var result: [UInt8] = []
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let isWrapped = wraps(bytes[lines[index - 1]], into: bytes[line], margin: margin)
        result.append(isWrapped ? 0x20 : 0x0A)
        result += isWrapped ? bytes[line].drop(while: \.isWhitespace) : bytes[line]
      } else {
        result += bytes[line]
      }
      while let last = result.last, last.isWhitespace { result.removeLast() }
    }
    return result[...]
  }

  /// Whether a line ended only because its next word did not fit.
  private static func wraps(
    _ line: ArraySlice<UInt8>,
    into next: ArraySlice<UInt8>,
    margin: Int
  ) -> Bool {
    guard (50...140).contains(margin), let first = next.first, !first.isWhitespace,
      !"-*+|>#=".utf8.contains(first), line.last != UInt8(ascii: "|")
    else { return false }
    let word = next.prefix { !$0.isWhitespace }
    let isNumbered = word.first?.isDigit == true && ".):".utf8.contains(word.last ?? 0)
    return !isNumbered && line.count + 1 + word.count > margin
  }

  /// A short opening line without a full stop, alone in its paragraph.
  private static func looksLikeTitle(_ line: ArraySlice<UInt8>) -> Bool {
    let trimmed = line.trimmingWhitespace()
    guard trimmed.count <= 100, let first = trimmed.first, let last = trimmed.last else {
      return false
    }
    return !".,;:!?".utf8.contains(last) && !"-*#<{[|>".utf8.contains(first)
  }

  private static func underline(_ line: ArraySlice<UInt8>, of heading: Range<Int>) -> Int? {
    let trimmed = line.trimmingWhitespace()
    guard trimmed.count >= 3, heading.count <= 200, let mark = trimmed.first,
      mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"),
      trimmed.allSatisfy({ $0 == mark }), trimmed.count * 2 >= heading.count
    else { return nil }
    return mark == UInt8(ascii: "=") ? 1 : 2
  }
}
