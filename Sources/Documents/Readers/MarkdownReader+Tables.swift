/// GitHub's tables: a line with bars over a line of dashes.
extension MarkdownReader {
  /// A table found at the present line: its columns and where its rows are.
  struct Table {
    var columns: [String]
    var rows: Range<Int>
  }

  /// The table that begins at the present line, if one does.
  func table(at line: Range<Int>) -> Table? {
    guard index + 1 < lines.count, text.bytes[line].contains(UInt8(ascii: "|")) else { return nil }
    let header = Self.cells(text.bytes[line])
    let dashes = Self.cells(text.bytes[content(lines[index + 1])])
    guard dashes.count == header.count, dashes.allSatisfy(Self.isDelimiter) else { return nil }
    var end = index + 2
    while end < lines.count {
      let row = text.bytes[content(lines[end])]
      guard !row.isBlank, row.contains(UInt8(ascii: "|")) else { break }
      end += 1
    }
    let columns = header.enumerated().map { number, cell in
      let name = inline(cell).trimmingWhitespace().string
      return name.isEmpty ? "column \(number + 1)" : name
    }
    return Table(columns: columns, rows: (index + 2)..<end)
  }

  /// Appends the table's rows and moves behind it.
  mutating func append(_ table: Table) {
    for number in table.rows {
      let line = content(lines[number])
      var cells: [DocumentBuilder.Cell] = []
      for (offset, cell) in Self.cells(text.bytes[line]).enumerated() {
        let value = inline(cell).trimmingWhitespace().string
        guard !value.isEmpty else { continue }
        let column =
          offset < table.columns.count ? table.columns[offset] : "column \(offset + 1)"
        cells.append((column, value))
      }
      builder.appendRow(label: nil, cells: cells, origin: text.origin(line))
    }
    index = table.rows.upperBound
  }

  /// The cells between bars; a bar behind a backslash belongs to its cell.
  private static func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var rest = line.trimmingWhitespace()
    if rest.first == UInt8(ascii: "|") { rest = rest.dropFirst() }
    var result: [ArraySlice<UInt8>] = []
    var start = rest.startIndex
    var position = rest.startIndex
    while position < rest.endIndex {
      if rest[position] == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if rest[position] == UInt8(ascii: "|") {
        result.append(rest[start..<position].trimmingWhitespace())
        start = position + 1
      }
      position += 1
    }
    if start < rest.endIndex { result.append(rest[start...].trimmingWhitespace()) }
    return result
  }

  private static func isDelimiter(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.contains(UInt8(ascii: "-"))
      && cell.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
  }
}
