/// Writes the rows of a table or query as text and hashes them on the way.
package struct PostgreSQLReading {
  private let statement: PostgreSQLStatement
  private(set) var hash = ContentHash()
  private var builder = DocumentBuilder()
  private var rowCount = 0
  private var lastKey: String?
  private var repeatedKeys = 0
  /// How many values of a column were too long.
  private var long: [String: Int] = [:]
  /// For each shown column, the position of its readable name within the row.
  private var labelPositions: [Int?]
  /// For each key column, its position within the row.
  private var keyPositions: [Int]

  package init(_ statement: PostgreSQLStatement, database: String) {
    self.statement = statement
    let shown = statement.columns.map(\.name)
    let hiddenKey = statement.hiddenKey
    labelPositions = shown.map { name in
      statement.labels.firstIndex { $0.column == name }.map { shown.count + hiddenKey.count + $0 }
    }
    keyPositions = statement.key.compactMap { name in
      shown.firstIndex(of: name) ?? hiddenKey.firstIndex(of: name).map { shown.count + $0 }
    }
    builder.metadata["database"] = database
    hash.update(statement.definition + "\n")
  }

  /// Bytes of text so far.
  var byteCount: Int { builder.utf8.count }

  /// What was read, with what had to be left out.
  package var document: ExtractedDocument {
    var document = builder.document(
      title: statement.label,
      mediaType: "application/vnd.postgresql",
      table: TableDescription(
        name: statement.label,
        columns: statement.columns.map(\.name),
        primaryKey: statement.key,
        references: statement.references,
        rowCount: rowCount
      )
    )
    document.warnings = statement.warnings
    for column in statement.columns {
      guard let count = long[column.name] else { continue }
      document.warnings.append(
        "\(count) values of column \(column.name) are left out: longer than"
          + " \(PostgreSQLColumn.longest) characters"
      )
    }
    if repeatedKeys > 0 {
      document.warnings.append(
        "\(repeatedKeys) rows have the key of another row: "
          + statement.key.joined(separator: ", ") + " do not tell rows apart"
      )
    }
    return document
  }

  /// Appends one row: the shown columns, key columns that are not shown, and readable names.
  package mutating func append(_ values: [String?]) {
    rowCount += 1
    var cells: [DocumentBuilder.Cell] = []
    for (index, column) in statement.columns.enumerated() {
      guard index < values.count, let text = values[index] else { continue }
      if column.isVariable, text.utf8.count > PostgreSQLColumn.longest,
        text.unicodeScalars.count > PostgreSQLColumn.longest
      {
        long[column.name, default: 0] += 1
        continue
      }
      if let name = name(at: labelPositions[index], of: column.name, in: values) {
        cells.append((column.name, "\(text) (\(name))"))
      } else if !text.isEmpty {
        cells.append((column.name, text))
      }
    }
    let key = key(of: values)
    update(values)
    builder.appendRow(
      label: statement.label,
      cells: cells,
      origin: .row(table: statement.label, key: key)
    )
  }

  private func name(at position: Int?, of column: String, in values: [String?]) -> String? {
    guard let position, position < values.count, let name = values[position], !name.isEmpty,
      let label = statement.labels.first(where: { $0.column == column })
    else { return nil }
    return label.prefix + name
  }

  /// The key as text; the row's number where there is no key, and after a key that came before.
  private mutating func key(of values: [String?]) -> String {
    guard !keyPositions.isEmpty else { return "\(rowCount)" }
    let key = RowKey.joined(keyPositions.map { $0 < values.count ? values[$0] ?? "" : "" })
    defer { lastKey = key }
    guard key == lastKey else { return key }
    repeatedKeys += 1
    return key + " #\(rowCount)"
  }

  private mutating func update(_ values: [String?]) {
    var text = ""
    for value in values {
      guard let value else {
        text += "n;"
        continue
      }
      text += "t\(value.utf8.count):"
      text += value
    }
    hash.update(text + "\n")
  }
}
