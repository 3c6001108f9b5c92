/// Reads the sheets of an OpenDocument spreadsheet.
enum OpenSheets {
  /// How often a cell that holds something may be repeated.
  private static let maximumRepeats = 1000
  /// Nothing is repeated on a sheet that has become larger than this.
  private static let maximumRepeated = 200_000

  /// Writes all sheets; returns the description of the only table where there is just one.
  static func write(
    _ element: XMLElement,
    into builder: inout DocumentBuilder
  ) -> TableDescription? {
    var writer = SheetWriter()
    for table in element.all("table:table") {
      var sheet = Sheet(name: table["table:name"] ?? "Sheet")
      var comments: [(CellRange, String)] = []
      var row = 0
      read(table, into: &sheet, row: &row, &comments)
      sheet.arrange()
      writer.write(sheet, needsHeading: false, into: &builder)
      for (place, text) in comments {
        builder.append(
          .paragraph,
          "\(place): \(text)",
          origin: .cells(sheet: sheet.name, place)
        )
      }
    }
    return writer.tables.count == 1 ? writer.tables.first : nil
  }

  private static func read(
    _ element: XMLElement,
    into sheet: inout Sheet,
    row: inout Int,
    _ comments: inout [(CellRange, String)]
  ) {
    for child in element.elements {
      switch child.name {
      case "table:table-row":
        let times = max(child.attributes.int("table:number-rows-repeated") ?? 1, 1)
        let before = sheet.cells.count
        readCells(child, into: &sheet, row: row + 1, &comments)
        let cells = sheet.cells[before...]
        for copy in 1..<max(2, min(times, maximumRepeats)) where !cells.isEmpty && times > 1 {
          guard row + 1 + copy <= Sheet.maximumRow, sheet.cells.count < maximumRepeated else {
            break
          }
          sheet.cells += cells.map { cell in
            var cell = cell
            cell.row += copy
            return cell
          }
        }
        row += min(times, Sheet.maximumRow)
        if row >= Sheet.maximumRow { return }
      case "table:table-header-rows", "table:table-rows", "table:table-row-group":
        read(child, into: &sheet, row: &row, &comments)
      default: break
      }
    }
  }

  private static func readCells(
    _ element: XMLElement,
    into sheet: inout Sheet,
    row: Int,
    _ comments: inout [(CellRange, String)]
  ) {
    var column = 0
    for cell in element.elements
    where cell.name == "table:table-cell" || cell.name == "table:covered-table-cell" {
      let times = max(cell.attributes.int("table:number-columns-repeated") ?? 1, 1)
      defer { column += min(times, Sheet.maximumColumn) }
      guard column < Sheet.maximumColumn, sheet.cells.count < Sheet.maximumCells else { return }
      let (text, notes) = words(cell)
      let place = CellRange(rows: row...row, columns: (column + 1)...(column + 1))
      comments += notes.map { (place, $0) }
      guard !text.isEmpty else { continue }
      let kind = cell["office:value-type"]
      let copies = sheet.cells.count < maximumRepeated ? min(times, maximumRepeats) : 1
      for copy in 1...copies {
        let isText = kind == nil || kind == "string"
        let own = SheetCell(row: row, column: column + copy, text: text, isText: isText)
        sheet.cells.append(own)
      }
      let width = min(max(cell.attributes.int("table:number-columns-spanned") ?? 1, 1), 1000)
      let height = min(max(cell.attributes.int("table:number-rows-spanned") ?? 1, 1), 1000)
      if width > 1 || height > 1, sheet.merges.count < 100_000 {
        let columns = (column + 1)...(column + width)
        sheet.merges.append(CellRange(rows: row...(row + height - 1), columns: columns))
      }
    }
  }

  /// What the cell shows, and the comments on it.
  private static func words(_ cell: XMLElement) -> (text: String, notes: [String]) {
    var lines: [String] = []
    var notes: [String] = []
    for child in cell.elements {
      var inline = OpenInline()
      if child.name == "office:annotation" {
        let wrapper = XMLElement(name: "text:p")
        wrapper.append(.element(child))
        inline.read(wrapper)
      } else if child.name == "text:p" {
        inline.read(child)
        lines.append(inline.text.withoutHardSpaces.trimmed)
      }
      notes += inline.notes
    }
    let text = lines.filter { !$0.isEmpty }.joined(separator: "\n")
    let value =
      cell["office:date-value"] ?? cell["office:value"] ?? cell["office:boolean-value"] ?? ""
    return (SheetCell.fitting(text.isEmpty ? value : text), notes)
  }
}
