/// Reads Markdown (CommonMark's blocks, GitHub's tables, front matter) into readable text.
///
/// Each block's origin is the byte range of its lines in the file.
struct MarkdownReader {
  let text: DecodedText
  let lines: [Range<Int>]
  let references: Set<String>
  var builder = DocumentBuilder()
  var index = 0
  /// The last line that holds a closing mark, by mark; -1 for none.
  var lastLines: [String: Int] = [:]
  /// Lines of the paragraph or list item that is being collected.
  private var pending: [Range<Int>] = []
  private var pendingMarker: String?
  /// Where a list item begins in the original, its marker included.
  private var itemStart: Int?
  /// Whether indented text continues a list rather than being code.
  private var isInList = false
  private var topHeadings: [String] = []
  private var isOpenedByHeading = false

  static func read(_ text: DecodedText, path: String) -> ExtractedDocument {
    var reader = MarkdownReader(text)
    let frontMatter = FrontMatter(text.bytes, lines: reader.lines)
    if let frontMatter {
      reader.builder.metadata = frontMatter.values
      reader.index = frontMatter.lineCount
    }
    reader.run()
    let heading = reader.topHeadings.first
    let named = frontMatter?.values["title"].flatMap { $0.isEmpty ? nil : $0 }
    // Several top headings under a front-matter title are that title's chapters.
    let isSingle = reader.isOpenedByHeading || reader.topHeadings.count == 1
    let title = isSingle ? heading ?? named : named ?? heading
    return reader.builder.document(
      title: title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.markdown.mediaType
    )
  }

  private init(_ text: DecodedText) {
    self.text = text
    lines = TextLines(text.bytes).ranges
    references = Set(lines.compactMap { MarkdownLine.definitionLabel(text.bytes[$0]) })
  }

  /// A line's content without the marks of block quotes around it.
  func content(_ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    while true {
      var mark = start
      while mark < line.upperBound, mark - start < 4, text.bytes[mark] == 0x20 { mark += 1 }
      guard mark < line.upperBound, mark - start < 4, text.bytes[mark] == UInt8(ascii: ">") else {
        return start..<line.upperBound
      }
      start = mark + 1
      if start < line.upperBound, text.bytes[start] == 0x20 { start += 1 }
    }
  }

  private mutating func run() {
    while index < lines.count {
      let line = content(lines[index])
      if startsComment(line) || startsRawElement(line) { continue }
      if pending.isEmpty, !isInList, isIndentedCode(line) {
        indentedCode()
        continue
      }
      if let table = table(at: line) {
        flush()
        append(table)
        continue
      }
      index += 1
      take(line)
    }
    flush()
  }

  private mutating func take(_ line: Range<Int>) {
    switch MarkdownLine(text.bytes[line]) {
    case .blank: flush()
    case .heading(let level, let content):
      flush()
      heading(level: level, content, line)
    case .fence(let mark, let count):
      flush()
      fencedCode(mark: mark, count: count)
    case .item(let marker, let content):
      // A number that does not begin a list does not interrupt a paragraph ("in\n1987. Then").
      if !pending.isEmpty, pendingMarker == nil, marker != "- ", !marker.hasPrefix("1") {
        pending.append(line)
        return
      }
      flush()
      isInList = true
      pendingMarker = marker
      itemStart = line.lowerBound + text.bytes[line].prefix(while: \.isWhitespace).count
      pending = [content.startIndex..<line.upperBound]
    case .rule: flush()
    case .underline(let level):
      guard pendingMarker == nil, let first = pending.first else { return flush() }
      let joined = joinedPending()
      pending = []
      heading(level: level, joined, first.lowerBound..<line.upperBound)
    case .markup: flush()
    case .text:
      if pending.isEmpty, !isIndented(line) { isInList = false }
      pending.append(line)
    }
  }

  mutating func flush() {
    guard let first = pending.first, let last = pending.last else { return }
    let marker = pendingMarker
    let start = itemStart ?? first.lowerBound
    let content = inline(joinedPending())
    pending = []
    pendingMarker = nil
    itemStart = nil
    guard !content.isBlank else { return }
    let origin = text.origin(start..<last.upperBound)
    if let marker {
      builder.append(.listItem, Array(marker.utf8)[...] + content, origin: origin)
    } else {
      builder.append(.paragraph, content, origin: origin)
    }
  }

  func inline(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    MarkdownInline.text(bytes, references: references)
  }

  private mutating func heading(level: Int, _ content: ArraySlice<UInt8>, _ range: Range<Int>) {
    isInList = false
    let words = inline(content).trimmingWhitespace()
    if level == 1, !words.isEmpty {
      if builder.blocks.isEmpty { isOpenedByHeading = true }
      topHeadings.append(words.string)
    }
    builder.append(.heading(level: level), words, origin: text.origin(range))
  }

  private func joinedPending() -> ArraySlice<UInt8> {
    if pending.count == 1 { return text.bytes[pending[0]].trimmingWhitespace() }
    var joined: [UInt8] = []
    for (offset, line) in pending.enumerated() {
      if offset > 0 { joined.append(0x0A) }
      // Trailing spaces stay: two of them are a line break.
      joined += text.bytes[line].drop(while: \.isWhitespace)
    }
    return joined[...]
  }

  // MARK: Code

  private mutating func fencedCode(mark: UInt8, count: Int) {
    let start = index
    while index < lines.count {
      let line = text.bytes[content(lines[index])].trimmingWhitespace()
      if line.count >= count, line.allSatisfy({ $0 == mark }) { break }
      index += 1
    }
    code(start..<index)
    if index < lines.count { index += 1 }
  }

  private mutating func indentedCode() {
    let start = index
    var end = index
    while index < lines.count {
      let line = content(lines[index])
      if !text.bytes[line].isBlank {
        guard isIndentedCode(line) else { break }
        end = index + 1
      }
      index += 1
    }
    index = end
    code(start..<end)
  }

  private mutating func code(_ range: Range<Int>) {
    guard let first = range.first, let last = range.last else { return }
    let joined = Array(range.map { text.bytes[content(lines[$0])] }.joined(separator: [0x0A]))
    let origin = text.origin(content(lines[first]).lowerBound..<lines[last].upperBound)
    builder.append(.code, joined[...], origin: origin)
  }

  private func isIndented(_ line: Range<Int>) -> Bool {
    let bytes = text.bytes[line]
    return bytes.starts(withText: "  ") || bytes.first == 0x09
  }

  private func isIndentedCode(_ line: Range<Int>) -> Bool {
    let bytes = text.bytes[line]
    return (bytes.starts(withText: "    ") || bytes.first == 0x09) && !bytes.isBlank
  }
}
