import GRDB

/// Writes a table's rows as text and hashes them on the way.
struct SQLiteTableReading {
  private let table: SQLiteTable
  private let labels: SQLiteLabels
  private let database: String
  private(set) var hash = ContentHash()
  private var builder = DocumentBuilder()
  private var rowCount = 0

  init(table: SQLiteTable, labels: SQLiteLabels, database: String) {
    self.table = table
    self.labels = labels
    self.database = database
  }

  var document: ExtractedDocument {
    builder.document(
      title: table.name,
      mediaType: FileFormat.sqlite.mediaType,
      table: TableDescription(
        name: table.name,
        columns: table.columns.map(\.name),
        primaryKey: table.primaryKey,
        references: labels.tables,
        rowCount: rowCount
      )
    )
  }

  /// Reads all rows in the order of the primary key.
  ///
  /// - Throws: ``DocumentError`` when the text would grow beyond `limit` bytes, or SQLite's error.
  mutating func run(_ db: Database, subject: String, limit: Int) throws {
    builder.metadata["database"] = database
    hash.update("table \(table.name)\n\(table.definition)\n")
    let key = table.primaryKey
    let rowID = key.isEmpty ? table.rowIDName : nil
    let names = table.columns.map(\.name)
    var selected = names.map(quoted)
    if let rowID { selected.append(rowID) }
    let order = key.isEmpty ? rowID.map { [$0] } ?? [] : key.map(quoted)
    var sql = "SELECT \(selected.joined(separator: ", ")) FROM \(quoted(table.name))"
    if !order.isEmpty { sql += " ORDER BY \(order.joined(separator: ", "))" }

    let rows = try Row.fetchCursor(db, sql: sql)
    while let row = try rows.next() {
      rowCount += 1
      append(Array(row.databaseValues), names: names, key: key, hasRowID: rowID != nil)
      guard builder.utf8.count <= limit else {
        throw DocumentError.tooLarge(subject, bytes: builder.utf8.count, limit: limit)
      }
    }
  }

  private mutating func append(
    _ values: [DatabaseValue],
    names: [String],
    key: [String],
    hasRowID: Bool
  ) {
    let byName = Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
    var cells: [DocumentBuilder.Cell] = []
    for (name, value) in zip(names, values) {
      SQLiteValue.update(&hash, with: value)
      guard let text = SQLiteValue.text(value) else { continue }
      if let readable = labels.name(column: name, row: byName) {
        hash.update("(\(readable))")
        cells.append((name, "\(text) (\(readable))"))
      } else if !text.isEmpty {
        cells.append((name, text))
      }
    }
    hash.update("\n")
    let rowKey: String
    if !key.isEmpty {
      rowKey = RowKey.joined(key.map { byName[$0].flatMap(SQLiteValue.text) ?? "" })
    } else if hasRowID, let number = values.last.flatMap(SQLiteValue.text) {
      rowKey = number
    } else {
      rowKey = "\(rowCount)"
    }
    builder.appendRow(
      label: table.name,
      cells: cells,
      origin: .row(table: table.name, key: rowKey)
    )
  }
}
