/// Reads comma-, semicolon-, tab- and bar-separated files: one row block for each record.
enum CSVReader {
  static func read(_ text: DecodedText, path: String, format: FileFormat) -> ExtractedDocument {
    let preferred: UInt8 = format == .tsv ? 0x09 : UInt8(ascii: ",")
    let dialect = CSVDialect.detect(text.bytes, preferred: preferred)
    var parser = CSVParser(text.bytes, delimiter: dialect.delimiter)
    let name = FormatDetector.baseName(path)
    var builder = DocumentBuilder()
    var columns = dialect.hasHeader ? columnNames(parser.next()?.cells ?? []) : []
    let headerWidth = columns.count
    let isHeaderless = columns.isEmpty
    var ragged = RaggedRecords()
    var number = 0

    while let record = parser.next() {
      number += 1
      if isHeaderless, number == 1 { columns = columnNames(record.cells.map { _ in "" }) }
      let width = isHeaderless ? columns.count : headerWidth
      ragged.note(record: number, width: record.cells.count, expected: width)
      while columns.count < record.cells.count { columns.append("column \(columns.count + 1)") }
      var cells: [DocumentBuilder.Cell] = []
      for (column, value) in zip(columns, record.cells) {
        let value = value.trimmed
        if !value.isEmpty { cells.append((column, value)) }
      }
      builder.appendRow(label: name, cells: cells, origin: .row(table: name, key: "\(number)"))
    }
    builder.warnings += ragged.warnings
    if let first = parser.recordsWithOpenQuotes.first {
      let record = max(1, dialect.hasHeader ? first - 1 : first)
      builder.warnings.append("a quote opened in record \(record) is never closed; it was kept")
    }
    return builder.document(
      title: name,
      mediaType: (dialect.delimiter == 0x09 ? FileFormat.tsv : .csv).mediaType,
      table: TableDescription(name: name, columns: columns, rowCount: number)
    )
  }

  /// Names for all columns: empty ones get their number, repeated ones a count.
  private static func columnNames(_ cells: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return cells.enumerated().map { index, cell in
      let cell = cell.trimmed
      let name = cell.isEmpty ? "column \(index + 1)" : cell
      let count = seen[name, default: 0] + 1
      seen[name] = count
      return count == 1 ? name : "\(name) \(count)"
    }
  }

  /// Collects the records that have more or fewer cells than there are columns.
  private struct RaggedRecords {
    private var longer: [Int] = []
    private var shorter: [Int] = []
    private var longerCount = 0
    private var shorterCount = 0

    mutating func note(record: Int, width: Int, expected: Int) {
      if width > expected {
        longerCount += 1
        if longer.count < 5 { longer.append(record) }
      } else if width < expected {
        shorterCount += 1
        if shorter.count < 5 { shorter.append(record) }
      }
    }

    var warnings: [String] {
      var result: [String] = []
      if longerCount > 0 {
        result.append("\(list(longer, longerCount)) more cells than the header has names")
      }
      if shorterCount > 0 {
        result.append("\(list(shorter, shorterCount)) fewer cells than the header has names")
      }
      return result
    }

    private func list(_ records: [Int], _ count: Int) -> String {
      let names = records.map(String.init).joined(separator: ", ")
      if count == 1 { return "record \(names) has" }
      return
        "records \(names)\(count > records.count ? " and \(count - records.count) more" : "") have"
    }
  }
}
