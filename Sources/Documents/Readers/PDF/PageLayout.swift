/// Finds what stands on a page in reading order: running text column by column, and tables.
///
/// A page is cut into bands from top to bottom. Rows whose white space lines up make a band of
/// columns or a table; where the lines of its columns are long, it is running text and each column is
/// cut again, otherwise it is a table.
struct PageLayout {
  /// A stretch of a page.
  enum Element {
    /// Lines of running text from top to bottom.
    case text([PDFLine])
    case table(PDFTable)
  }

  /// Lines side by side.
  struct Row {
    /// From left to right.
    var lines: [PDFLine]
    var box: PageBox

    init(_ line: PDFLine) {
      lines = [line]
      box = line.box
    }

    var height: Double { lines.map(\.height).max() ?? 1 }
  }

  private var elements: [Element] = []

  /// The page's stretches in reading order.
  static func elements(of page: PDFPage) -> [Element] {
    var layout = PageLayout()
    layout.read(page.lines.filter { !$0.isUpright }, depth: 0)
    for line in page.lines where line.isUpright { layout.append(line) }
    return layout.elements
  }

  private mutating func read(_ lines: [PDFLine], depth: Int) {
    for band in Self.bands(Self.rows(lines)) {
      let columns = band.columns
      guard columns.count > 1, band.rows.count > 1 else {
        for row in band.rows { append(row) }
        continue
      }
      let parts = band.lines(in: columns)
      if depth < 6, band.isRunningText(parts) {
        let isTurned = RightToLeft.isMostly(band.rows.flatMap(\.lines))
        for part in isTurned ? parts.reversed() : parts { read(part, depth: depth + 1) }
      } else {
        appendTables(in: band)
      }
    }
  }

  /// Lines of one row that are no table are read across.
  private mutating func append(_ row: Row) {
    let lines = RightToLeft.isMostly(row.lines) ? row.lines.reversed() : row.lines
    for line in lines { append(line) }
  }

  private mutating func append(_ line: PDFLine) {
    if case .text(var lines)? = elements.last {
      // Taken out first, so that the array is not copied for each line.
      elements.removeLast()
      lines.append(line)
      elements.append(.text(lines))
    } else {
      elements.append(.text([line]))
    }
  }

  private mutating func appendTables(in band: PageBand) {
    for part in band.tables() {
      if let table = PDFTable(part) {
        elements.append(.table(table))
      } else {
        for row in part { append(row) }
      }
    }
  }

  // MARK: Rows and bands

  /// Lines at the same height, from top to bottom.
  static func rows(_ lines: [PDFLine]) -> [Row] {
    var rows: [Row] = []
    let sorted = lines.sorted {
      ($0.box.middle, $0.box.left) < ($1.box.middle, $1.box.left)
    }
    for line in sorted {
      if let last = rows.last, let first = last.lines.first,
        line.box.middle < first.box.bottom - 0.25 * first.height,
        line.box.middle > first.box.top, line.height < 3 * first.height,
        first.height < 3 * line.height
      {
        rows[rows.count - 1].lines.append(line)
        rows[rows.count - 1].box = last.box.union(line.box)
      } else {
        rows.append(Row(line))
      }
    }
    for index in rows.indices {
      rows[index].lines.sort { $0.box.left < $1.box.left }
      joinMarkers(&rows[index])
    }
    return rows
  }

  /// The mark of a list item and its text are one line, however wide the gap.
  private static func joinMarkers(_ row: inout Row) {
    var lines: [PDFLine] = []
    let isPair = row.lines.count == 2
    for line in row.lines {
      if let last = lines.last, last.words.count == 1,
        ListMarker.isMarker(last.words[0].text)
          || (isPair && ListMarker.isSection(last.words[0].text)),
        line.box.left - last.box.right < 4 * line.height
      {
        lines[lines.count - 1] = PDFLine(words: last.words + line.words, page: line.page)
      } else {
        lines.append(line)
      }
    }
    row.lines = lines
  }

  private static func bands(_ rows: [Row]) -> [PageBand] {
    var bands: [PageBand] = []
    for row in rows {
      if let last = bands.indices.last, bands[last].accept(row) { continue }
      bands.append(PageBand(row))
    }
    return bands
  }
}

extension RightToLeft {
  /// Whether most words of these lines are written from right to left.
  static func isMostly(_ lines: [PDFLine]) -> Bool {
    var count = 0
    for line in lines {
      for word in line.words { count += isRightToLeft(word.text) ? 1 : -1 }
    }
    return count > 0
  }
}
