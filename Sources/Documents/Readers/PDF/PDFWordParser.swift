/// Reads what `pdftotext -bbox-layout` writes: pages, lines and words with their boxes.
///
/// The output has one element a line and nothing else that matters, so it is read line by line.
struct PDFWordParser {
  /// The number of the first page in the output.
  var firstPage: Int

  /// The pages in order; a page that was cut off ends where the output ends.
  func pages(_ output: [UInt8]) -> [PDFPage] {
    var pages: [PDFPage] = []
    var words: [PDFWord] = []
    func endLine() {
      guard !words.isEmpty, !pages.isEmpty else { return }
      let page = pages.count - 1
      pages[page].lines += Self.split(words).map { PDFLine(words: $0, page: pages[page].number) }
      words = []
    }
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let element = line.drop { $0 == UInt8(ascii: " ") }
      if element.starts(with: "<word ".utf8) {
        if let word = Self.word(element) { words.append(word) }
      } else if element.starts(with: "<line ".utf8) || element.starts(with: "</page".utf8) {
        endLine()
      } else if element.starts(with: "<page ".utf8) {
        endLine()
        let sizes = Self.numbers(element)
        guard sizes.count >= 2 else { continue }
        pages.append(
          PDFPage(number: firstPage + pages.count, width: sizes[0], height: sizes[1], lines: [])
        )
      }
    }
    endLine()
    return pages
  }

  /// Divides words at gaps that are wider than any space between words.
  static func split(_ words: [PDFWord]) -> [[PDFWord]] {
    var lines: [[PDFWord]] = []
    for word in words.sorted(by: { $0.box.left < $1.box.left }) {
      if let last = lines.last?.last {
        let gap = word.box.left - last.box.right
        let height = max(word.box.height, last.box.height)
        let follows = lines[lines.count - 1].count == 1 && ListMarker.isMarker(last.text)
        if gap < (follows ? 4 : 0.85) * height {
          lines[lines.count - 1].append(word)
          continue
        }
      }
      lines.append([word])
    }
    return lines
  }

  private static func word(_ element: ArraySlice<UInt8>) -> PDFWord? {
    guard let open = element.firstIndex(of: UInt8(ascii: ">")),
      let close = element.lastIndex(of: UInt8(ascii: "<")), open < close
    else { return nil }
    let edges = numbers(element[..<open])
    guard edges.count >= 4, edges[0] <= edges[2], edges[1] <= edges[3] else { return nil }
    let text = PDFText.cleaned(element[(open + 1)..<close])
    guard !text.isEmpty else { return nil }
    let box = PageBox(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
    return PDFWord(text: text, box: box)
  }

  /// The numbers that stand in quotation marks.
  static func numbers(_ element: ArraySlice<UInt8>) -> [Double] {
    element.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, part in
        guard index % 2 == 1, let number = Double(String(decoding: part, as: UTF8.self)),
          number.isFinite
        else { return nil }
        return min(max(number, -1e6), 1e6)
      }
  }
}
