/// Writes a table's rows into a document.
enum PDFTableWriter {
  /// Writes them, each with the names of its columns.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - header: The names of the columns of the table right before it; where it goes on with that
  ///     one, as after a page break, they are its own.
  ///   - builder: What is written to.
  /// - Returns: The names of its columns, for a table that goes on with it.
  static func write(
    _ table: PDFTable,
    header: [String]?,
    into builder: inout DocumentBuilder
  ) -> [String]? {
    if table.isForm {
      for row in table.rows { writeForm(row, page: table.page, into: &builder) }
      return nil
    }
    let usable = header.flatMap { $0.count == table.columnCount ? $0 : nil }
    var rows = table.rows[...]
    if table.header == nil, let usable, rows.first?.cells == usable { rows = rows.dropFirst() }
    let names = (table.header ?? usable ?? []).map { String($0.prefix(120)) }
    for row in rows {
      var cells: [DocumentBuilder.Cell] = []
      for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
        let name = column < names.count && !names[column].isEmpty ? names[column] : nil
        cells.append((name ?? "Column \(column + 1)", cell))
      }
      builder.appendRow(label: nil, cells: cells, origin: origin(row, page: table.page))
    }
    return names.isEmpty ? nil : names
  }

  /// Names with a colon and their values: `Location: Tallahassee | Registration: N5921D`.
  private static func writeForm(
    _ row: PDFTable.Row,
    page: Int,
    into builder: inout DocumentBuilder
  ) {
    let cells = row.cells.filter { !$0.isEmpty }
    let origin = origin(row, page: page)
    guard cells.count > 1 else {
      if let cell = cells.first { builder.append(.paragraph, cell, origin: origin) }
      return
    }
    var fields: [DocumentBuilder.Cell] = []
    var name: String?
    var label: String?
    for (index, cell) in cells.enumerated() {
      if cell.hasSuffix(":") || (index == 0 && cells.count == 2) {
        name = cell.hasSuffix(":") ? String(cell.dropLast()) : cell
      } else if let given = name {
        fields.append((given, cell))
        name = nil
      } else if let last = fields.indices.last {
        fields[last].value += " " + cell
      } else {
        label = label.map { $0 + " " + cell } ?? cell
      }
    }
    if fields.isEmpty {
      builder.append(.paragraph, cells.joined(separator: " "), origin: origin)
    } else {
      builder.appendRow(label: label, cells: fields, origin: origin)
    }
  }

  private static func origin(_ row: PDFTable.Row, page: Int) -> Origin {
    .pages(page...page, box: row.box)
  }
}
