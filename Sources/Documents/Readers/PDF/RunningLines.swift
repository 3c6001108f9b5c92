/// Finds what is printed on page after page: headers, footers and page numbers.
enum RunningLines {
  /// Takes them out of the pages.
  static func remove(from pages: inout [PDFPage]) {
    // What the same words stand in the same place of; figures differ from page to page.
    var counts: [String: Set<Int>] = [:]
    for page in pages {
      for line in page.lines where isAtEdge(line, of: page) {
        counts[key(line, of: page), default: []].insert(page.number)
      }
    }
    let textPages = pages.count { !$0.lines.isEmpty }
    let enough = textPages < 3 ? Int.max : max(2, min(textPages * 3 / 10, 20))
    for index in pages.indices {
      let page = pages[index]
      pages[index].lines.removeAll { line in
        guard isAtEdge(line, of: page) else { return false }
        if counts[key(line, of: page)]?.count ?? 0 >= enough { return true }
        return textPages > 1 && isPageNumber(line, of: page)
      }
    }
  }

  /// The outer tenth of a page, above and below.
  private static func isAtEdge(_ line: PDFLine, of page: PDFPage) -> Bool {
    line.box.bottom < page.height * 0.1 || line.box.top > page.height * 0.9
  }

  private static func key(_ line: PDFLine, of page: PDFPage) -> String {
    var text = ""
    var isFigure = false
    for scalar in PDFText.text(line.words).lowercased().unicodeScalars.prefix(200) {
      let digit = ("0"..."9").contains(scalar)
      if !(digit && isFigure) { text.unicodeScalars.append(digit ? "#" : scalar) }
      isFigure = digit
    }
    // Left and right pages carry theirs on different sides.
    return "\(Int(line.box.middle / 6)) \(text)"
  }

  /// A lone number, or "Page 3 of 12", further out than any other text.
  private static func isPageNumber(_ line: PDFLine, of page: PDFPage) -> Bool {
    let words = line.words.map { $0.text.lowercased() }
    guard words.count <= 4 else { return false }
    let isNumbered = words.allSatisfy {
      ["page", "of", "-", "/", "|", "seite", "von"].contains($0) || isNumber($0)
    }
    guard isNumbered, words.contains(where: isNumber) else { return false }
    let isTop = line.box.middle < page.height / 2
    return page.lines.allSatisfy { other in
      isTop ? other.box.middle >= line.box.middle - 2 : other.box.middle <= line.box.middle + 2
    }
  }

  private static func isNumber(_ word: String) -> Bool {
    let inner = word.filter { $0 != "-" && $0 != "." && $0 != "/" }
    guard !inner.isEmpty, inner.count <= 7 else { return false }
    return inner.allSatisfy { ("0"..."9").contains($0) } || inner.allSatisfy { "ivxl".contains($0) }
  }
}
