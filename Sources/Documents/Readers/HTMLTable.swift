/// Collects a table's cells and turns them into rows with named columns.
struct HTMLTable {
  /// A piece of the finished table.
  struct Part {
    enum Content {
      case words([UInt8])
      case row([DocumentBuilder.Cell])
    }

    var content: Content
    var start: Int
    var end: Int

    var bytes: Int {
      switch content {
      case .words(let words): words.count
      case .row(let cells): cells.reduce(0) { $0 + $1.value.utf8.count }
      }
    }
  }

  private struct Cell {
    var words: [UInt8] = []
    var isHeader: Bool
    var columns: Int
    var rows: Int
    var start: Int
    var end: Int
  }

  private struct Row {
    var cells: [Cell] = []
    var start: Int
    var end: Int
  }

  /// Whether another table lies within, which makes this one a means of layout.
  var isLayout = false
  private(set) var isInCell = false
  private var isInCaption = false
  private var caption: Part?
  private var rows: [Row] = []

  mutating func start(_ name: String, _ attributes: [String: String], at position: Int) {
    switch name {
    case "caption":
      isInCaption = true
      isInCell = true
    case "tr":
      isInCell = false
      rows.append(Row(start: position, end: position))
    default:
      isInCaption = false
      if rows.isEmpty { rows.append(Row(start: position, end: position)) }
      isInCell = true
      rows[rows.count - 1].cells.append(
        Cell(
          isHeader: name == "th",
          columns: Self.span(attributes["colspan"]),
          rows: Self.span(attributes["rowspan"]),
          start: position,
          end: position
        )
      )
    }
  }

  mutating func end(_ name: String, at position: Int) {
    isInCell = false
    isInCaption = false
    if !rows.isEmpty { rows[rows.count - 1].end = position }
  }

  mutating func append(_ words: [UInt8], from start: Int, to end: Int) {
    if isInCaption {
      caption = Part(content: .words(words), start: start, end: end)
      return
    }
    guard let row = rows.indices.last, let cell = rows[row].cells.indices.last else { return }
    let separator: [UInt8] = rows[row].cells[cell].words.isEmpty ? [] : [0x0A]
    if separator.isEmpty { rows[row].cells[cell].start = start }
    rows[row].cells[cell].words += separator + Array(words[...].trimmingWhitespace())
    rows[row].cells[cell].end = end
    rows[row].end = max(rows[row].end, end)
  }

  /// The rows with the header's names in front of their values; the plain words of a table that
  /// only arranges a page.
  var parts: [Part] {
    var result = caption.map { [$0] } ?? []
    let width = rows.map(\.cells.count).max() ?? 0
    if isLayout || width <= 1 {
      for cell in rows.flatMap(\.cells) where !cell.words.isEmpty {
        result.append(Part(content: .words(cell.words), start: cell.start, end: cell.end))
      }
      return result
    }
    let grid = grid()
    let hasHeader = rows.count > 1 && Self.isHeader(rows[0])
    let columns = hasHeader ? grid[0] : []
    for (index, values) in grid.enumerated().dropFirst(hasHeader ? 1 : 0) {
      let cells = Self.named(values, columns, rows[index])
      guard !cells.isEmpty else { continue }
      result.append(Part(content: .row(cells), start: rows[index].start, end: rows[index].end))
    }
    return result
  }

  /// Names the values by the header, or by the header cell that the row begins with.
  private static func named(
    _ values: [String],
    _ columns: [String],
    _ row: Row
  ) -> [DocumentBuilder.Cell] {
    var result: [DocumentBuilder.Cell] = []
    if columns.isEmpty, values.count == 2, row.cells.first?.isHeader == true, !values[0].isEmpty {
      return values[1].isEmpty ? [] : [(values[0], values[1])]
    }
    for (index, value) in values.enumerated() where !value.isEmpty {
      let name = index < columns.count ? columns[index] : ""
      result.append((name.isEmpty ? "column \(index + 1)" : name, value))
    }
    return result
  }

  /// The table with spanning cells repeated where they span.
  private func grid() -> [[String]] {
    var result: [[String]] = []
    var carried: [Int: (text: String, rows: Int)] = [:]
    for row in rows {
      var values: [String] = []
      func fillCarried() {
        while let above = carried[values.count] {
          carried[values.count] = above.rows > 1 ? (above.text, above.rows - 1) : nil
          values.append(above.text)
        }
      }
      for cell in row.cells {
        fillCarried()
        let text = cell.words[...].trimmingWhitespace().string
        for offset in 0..<cell.columns {
          if cell.rows > 1 { carried[values.count] = (text, cell.rows - 1) }
          values.append(offset == 0 || cell.isHeader ? text : "")
        }
      }
      fillCarried()
      result.append(values)
    }
    return result
  }

  private static func isHeader(_ row: Row) -> Bool {
    !row.cells.isEmpty && row.cells.allSatisfy { $0.isHeader || $0.words.isEmpty }
  }

  /// Spans beyond a hundred are mistakes or worse.
  private static func span(_ text: String?) -> Int {
    min(max(text.flatMap { Int($0) } ?? 1, 1), 100)
  }
}
