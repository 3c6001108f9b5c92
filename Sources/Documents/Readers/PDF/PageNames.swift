/// Names pages in a sentence: `page 3`, `pages 1–4, 9`.
enum PageNames {
  static func text(_ pages: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for page in pages {
      if let last = ranges.last, page == last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...page
      } else {
        ranges.append(page...page)
      }
    }
    var names = ranges.prefix(10).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)\u{2013}\($0.upperBound)"
    }
    if ranges.count > 10 { names.append("\u{2026}") }
    return (pages.count == 1 ? "page " : "pages ") + names.joined(separator: ", ")
  }
}
