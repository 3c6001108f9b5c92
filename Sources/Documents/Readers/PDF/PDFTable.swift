/// A table found by the white space between its columns.
struct PDFTable {
  /// One row's cells; an empty text where a cell is empty.
  struct Row {
    var cells: [String]
    var box: PageBox
    var isBold: Bool
  }

  /// The names of the columns, or nil where the first row is a row like the others.
  var header: [String]?
  var rows: [Row]
  var page: Int
  /// Whether each row is made of names with a colon and their values.
  var isForm: Bool
  var box: PageBox
  var columnCount: Int

  /// Makes a table of rows, or nil where they are none: fewer than two have several cells.
  init?(_ rows: [PageLayout.Row]) {
    let several = rows.filter { $0.lines.count > 1 }
    guard several.count > 1, let first = rows.first, let page = first.lines.first?.page else {
      return nil
    }
    let columns = Self.columns(several)
    guard columns.count > 1, columns.count <= 200 else { return nil }
    self.page = page
    columnCount = columns.count
    box = rows.dropFirst().reduce(first.box) { $0.union($1.box) }
    self.rows = Self.merged(rows, columns: columns)
    let named = self.rows.count { $0.cells.contains { $0.hasSuffix(":") } }
    isForm = named * 2 >= self.rows.count
    if !isForm, self.rows.count > 1, Self.isHeader(self.rows[0], over: self.rows[1]) {
      header = self.rows.removeFirst().cells
    }
    // Two columns without names of their own are names and values.
    if header == nil, columnCount == 2 { isForm = true }
  }

  private static func isHeader(_ first: Row, over second: Row) -> Bool {
    let filled = first.cells.count { !$0.isEmpty }
    guard filled >= 2, filled * 5 >= first.cells.count * 3 else { return false }
    if first.isBold, !second.isBold { return true }
    let hasFigures = first.cells.contains { cell in
      cell.unicodeScalars.count { ("0"..."9").contains($0) } * 3 > cell.unicodeScalars.count
    }
    return !hasFigures && first.cells.count > 2 && filled * 5 >= first.cells.count * 4
      && first.cells.allSatisfy { $0.unicodeScalars.count < 60 }
  }

  // MARK: Columns

  /// The columns, as the stretches between white space that runs from top to bottom; a few cells may
  /// reach across it.
  private static func columns(_ rows: [PageLayout.Row]) -> [ClosedRange<Double>] {
    let wanted = rows.map(\.lines.count).max() ?? 1
    var best: [ClosedRange<Double>] = []
    for crossing in [0, rows.count >= 4 ? 1 : 0, rows.count * 15 / 100] {
      let found = columns(rows, crossing: crossing)
      if found.count > best.count { best = found }
      if best.count >= wanted { break }
    }
    return best
  }

  private static func columns(
    _ rows: [PageLayout.Row],
    crossing: Int
  ) -> [ClosedRange<Double>] {
    var edges: [(place: Double, change: Int)] = []
    for line in rows.lazy.flatMap(\.lines) {
      edges.append((line.box.left, 1))
      edges.append((line.box.right, -1))
    }
    edges.sort { ($0.place, -$0.change) < ($1.place, -$1.change) }
    var columns: [ClosedRange<Double>] = []
    var covered = 0
    var start: Double?
    for edge in edges {
      covered += edge.change
      if covered > crossing, start == nil {
        // White space that is hardly there divides nothing.
        if let last = columns.last, edge.place - last.upperBound < 3 {
          start = last.lowerBound
          columns.removeLast()
        } else {
          start = edge.place
        }
      } else if covered <= crossing, let left = start {
        columns.append(left...max(left, edge.place))
        start = nil
      }
    }
    return columns
  }

  private static func cells(
    _ row: PageLayout.Row,
    columns: [ClosedRange<Double>]
  ) -> [String] {
    var cells = [[PDFWord]](repeating: [], count: columns.count)
    for line in row.lines {
      let middle = (line.box.left + line.box.right) / 2
      var column = 0
      var best = -Double.infinity
      for (index, range) in columns.enumerated() {
        let overlap =
          min(range.upperBound, line.box.right) - max(range.lowerBound, line.box.left)
        // Where it overlaps none, the nearest one; where several, the first that it fills.
        let score = overlap > 0 ? overlap / max(range.upperBound - range.lowerBound, 1) : overlap
        if score > best + 1e-9 {
          best = score
          column = index
        }
      }
      if best > 0, columns[column].lowerBound > middle { column = max(0, column - 1) }
      cells[column] += line.words
    }
    let texts = cells.map { PDFText.text($0) }
    return RightToLeft.isMostly(row.lines) ? texts.reversed() : texts
  }

  // MARK: Rows

  /// Rows whose cells go on in the next line are put together.
  private static func merged(
    _ rows: [PageLayout.Row],
    columns: [ClosedRange<Double>]
  ) -> [Row] {
    let limit = continuationPitch(rows)
    let pitches = zip(rows, rows.dropFirst()).map { $1.box.top - $0.box.top }.sorted()
    let usual = pitches.isEmpty ? 0 : pitches[pitches.count / 2]
    var result: [Row] = []
    var top = -Double.infinity
    for row in rows {
      let cells = cells(row, columns: columns)
      let pitch = row.box.top - top
      top = row.box.top
      // Several cells at the usual distance are a row that has nothing in its first column.
      let isClose =
        pitch <= 1.4 * row.height && (row.lines.count == 1 || pitch < 0.93 * usual)
      let goesOn = pitch <= limit || (isClose && cells[0].isEmpty)
      if goesOn, let last = result.indices.last {
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
          let text = result[last].cells[column]
          result[last].cells[column] = text.isEmpty ? cell : text + " " + cell
        }
        result[last].box = result[last].box.union(row.box)
      } else {
        result.append(Row(cells: cells, box: row.box, isBold: row.lines.allSatisfy(\.isBold)))
      }
    }
    return result
  }

  /// The pitch up to which a line goes on with the cells above it: where lines stand close together
  /// inside rows and rows stand clearly apart.
  private static func continuationPitch(_ rows: [PageLayout.Row]) -> Double {
    let pitches = zip(rows, rows.dropFirst()).map { $1.box.top - $0.box.top }.filter { $0 > 0 }
    guard let smallest = pitches.min(), let height = rows.map(\.height).min(),
      smallest <= 1.35 * height
    else { return 0 }
    let limit = 1.15 * smallest
    let large = pitches.count { $0 > 1.25 * smallest }
    return large >= 2 && large * 4 >= pitches.count ? limit : 0
  }
}
