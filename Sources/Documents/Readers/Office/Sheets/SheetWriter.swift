/// Writes a sheet: its name as a heading, its tables as rows under the names of their columns.
struct SheetWriter {
  /// The most text of one row.
  private static let maximumRow = 4 << 20

  /// The tables written so far, for the description of a document that is one table.
  private(set) var tables: [TableDescription] = []

  /// Writes the sheet's cells; a sheet without any gets its heading only where one is asked for.
  mutating func write(_ sheet: Sheet, needsHeading: Bool, into builder: inout DocumentBuilder) {
    let cells = sheet.cells.filter { !$0.text.isEmpty }
    guard !cells.isEmpty || needsHeading else { return }
    let whole = Origin.cells(sheet: sheet.name, SheetBlocks.range(cells))
    builder.append(.heading(level: 1), sheet.name, origin: whole)
    for block in SheetBlocks.find(cells) { write(block, of: sheet.name, into: &builder) }
  }

  private mutating func write(
    _ cells: [SheetCell],
    of sheet: String,
    into builder: inout DocumentBuilder
  ) {
    let range = SheetBlocks.range(cells)
    var rows = rows(cells)[...]
    func origin(_ row: [SheetCell]) -> Origin {
      let number = row.first?.row ?? range.rows.lowerBound
      return .cells(sheet: sheet, CellRange(rows: number...number, columns: range.columns))
    }
    func paragraph(_ row: [SheetCell], into builder: inout DocumentBuilder) {
      // What is merged over several rows stands there once.
      guard let cell = row.first, !isContinued(cell, of: rowsBefore(cell)) else { return }
      builder.append(.paragraph, cell.text, origin: origin(row))
    }
    func rowsBefore(_ cell: SheetCell) -> [SheetCell] { previous[cell.row - 1] ?? [] }
    var previous: [Int: [SheetCell]] = [:]
    guard range.columns.count > 1 else {
      for row in rows {
        guard builder.hasRoom else { break }
        paragraph(row, into: &builder)
        previous = row.first.map { [$0.row: row] } ?? [:]
      }
      return
    }
    while rows.count > 2, let first = rows.first, isTitle(first, range) {
      paragraph(first, into: &builder)
      previous = first.first.map { [$0.row: first] } ?? [:]
      rows = rows.dropFirst()
    }
    let height = SheetHeader.height(rows, width: range.columns.count)
    let names = SheetHeader.names(rows.prefix(height), columns: range.columns)
    writeHeader(rows.prefix(height), range, of: sheet, into: &builder)
    rows = rows.dropFirst(height)
    var count = 0
    for row in rows {
      guard builder.hasRoom else { break }
      if isMergedOver(row, range), rows.count > 1 {
        paragraph(row, into: &builder)
        previous = row.first.map { [$0.row: row] } ?? [:]
        continue
      }
      count += 1
      var room = Self.maximumRow
      let fitting = row.prefix { cell in
        room -= cell.text.utf8.count
        return room >= 0
      }
      let named = fitting.map { ($0.columnName(names, range), $0.text) }
      builder.appendRow(label: nil, cells: named, origin: origin(row))
    }
    if count > 0 {
      let columns = range.columns.prefix(1000).map { names[$0] ?? SheetHeader.number($0, range) }
      tables.append(TableDescription(name: sheet, columns: columns, rowCount: count))
    }
  }

  /// The header once by itself: its cells have addresses of their own, and what a table is about can
  /// be found by it.
  private func writeHeader(
    _ rows: ArraySlice<[SheetCell]>,
    _ range: CellRange,
    of sheet: String,
    into builder: inout DocumentBuilder
  ) {
    guard let first = rows.first?.first?.row, let last = rows.last?.first?.row else { return }
    let lines = rows.map { $0.map(\.text).joined(separator: " | ") }
    builder.append(
      .paragraph,
      lines.joined(separator: "\n"),
      origin: .cells(sheet: sheet, CellRange(rows: first...last, columns: range.columns))
    )
  }

  private func rows(_ cells: [SheetCell]) -> [[SheetCell]] {
    var result: [[SheetCell]] = []
    for cell in cells {
      if let row = result.last?.first?.row, row == cell.row {
        result[result.count - 1].append(cell)
      } else {
        result.append([cell])
      }
    }
    return result
  }

  private func isContinued(_ cell: SheetCell, of before: [SheetCell]) -> Bool {
    cell.merge > 0 && before.contains { $0.merge == cell.merge }
  }

  /// A single cell at the start of a row, or one merged over the row.
  private func isTitle(_ row: [SheetCell], _ range: CellRange) -> Bool {
    if isMergedOver(row, range) { return true }
    guard let cell = row.first, cell.isText, cell.column == range.columns.lowerBound else {
      return false
    }
    return row.count == 1 || row.allSatisfy { $0.merge > 0 && $0.merge == cell.merge }
  }

  private func isMergedOver(_ row: [SheetCell], _ range: CellRange) -> Bool {
    guard let merge = row.first?.merge, merge > 0, row.count == range.columns.count else {
      return false
    }
    return row.allSatisfy { $0.merge == merge }
  }
}

extension SheetCell {
  fileprivate func columnName(_ names: [Int: String], _ range: CellRange) -> String {
    names[column] ?? SheetHeader.number(column, range)
  }
}
