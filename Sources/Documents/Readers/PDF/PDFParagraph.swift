/// Lines of a page that belong together.
struct PDFParagraph {
  var text: String
  var box: PageBox
  var pages: ClosedRange<Int>
  var size: Double
  var isBold: Bool
  var isItem: Bool
  /// Its last line, and where its lines begin.
  var last: PDFLine
  var left: Double
  var lineCount = 1

  init(_ line: PDFLine) {
    text = PDFText.text(line.words)
    box = line.box
    pages = line.page...line.page
    size = line.size
    isBold = line.isBold
    last = line
    left = line.box.left
    isItem = line.words.count > 1 && ListMarker.isMarker(line.words[0].text)
  }

  /// Whether a line goes on with this paragraph.
  ///
  /// - Parameters:
  ///   - line: The next line in reading order.
  ///   - spacing: The usual distance of lines, in line heights.
  ///   - right: Where the column ends.
  /// - Returns: False where another paragraph begins.
  func continues(with line: PDFLine, spacing: Double, right: Double) -> Bool {
    let height = max(min(last.height, line.height), 1)
    // To the right of the line before: a cell or a label, or a rest of the same line.
    if line.box.middle < last.box.bottom, line.box.middle > last.box.top {
      return line.box.left >= last.box.right && line.isBold == last.isBold
        && abs(line.size - last.size) < 0.15 * last.size
    }
    let pitch = line.box.bottom - last.box.bottom
    guard pitch > 0, pitch < 1.3 * spacing * height else { return false }
    guard abs(line.size - size) <= 0.1 * max(size, line.size) else { return false }
    guard line.isBold == last.isBold || (lineCount > 1 && !isBold) else { return false }
    if line.words.count > 1, ListMarker.isMarker(line.words[0].text) { return false }
    // What does not reach under this paragraph is another column.
    guard line.box.left < box.right, line.box.right > box.left else { return false }
    let isShort = last.box.right < right - 0.2 * (right - left)
    if isShort, let end = last.words.last?.text.last, ".:!?".contains(end) { return false }
    if !isItem, lineCount > 1, line.box.left > left + 1.2 * height,
      line.box.left < left + 5 * height, !isShort
    {
      return false
    }
    return true
  }

  mutating func append(_ line: PDFLine, hyphenated: Set<String>) {
    let next = PDFText.text(line.words)
    text = PDFText.join(text, next, hyphenated: hyphenated)
    box = box.union(line.box)
    isBold = isBold && line.isBold
    left = min(left, line.box.left)
    last = line
    lineCount += 1
  }

  /// The number or bullet of a list item is taken off where it is only a mark.
  var itemText: String {
    guard let space = text.firstIndex(of: " "), ListMarker.isBullet(String(text[..<space])) else {
      return text
    }
    return String(text[text.index(after: space)...])
  }

  var origin: Origin { .pages(pages, box: pages.count == 1 ? box : nil) }
}
