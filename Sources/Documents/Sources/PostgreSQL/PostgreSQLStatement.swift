/// The SQL that reads one table or query, and what its columns mean.
///
/// Each row consists of the shown columns, key columns that are not shown, and the readable names of
/// references, in this order.
package struct PostgreSQLStatement: Sendable {
  /// The readable name of the row that a column refers to, after what stands in front of it.
  package struct Label: Hashable, Sendable {
    package var column: String
    package var prefix: String

    package init(column: String, prefix: String = "") {
      self.column = column
      self.prefix = prefix
    }
  }

  /// What stands in front of each row.
  package var label: String
  package var columns: [PostgreSQLColumn]
  package var key: [String]
  package var labels: [Label]
  /// Tables that are referred to, by the column that refers to them.
  package var references: [String: String]
  /// What is left out of every row, in sentences for the user.
  package var warnings: [String]
  /// What follows the column list, from FROM on.
  private var source: String
  private var labelExpressions: [String]
  private var updateColumn: String?

  /// Reads a table with the names of what it refers to.
  init(_ table: PostgreSQLTable, catalog: PostgreSQLCatalog) throws {
    let names = try PostgreSQLLabels(of: table, catalog: catalog)
    self.init(
      label: table.relation.name.label,
      columns: table.columns,
      key: table.key,
      labels: names.labels.map { Label(column: $0.column, prefix: $0.prefix) },
      references: names.tables
    )
    labelExpressions = names.labels.map(\.expression)
    source = ([table.source + " AS t"] + names.joins).joined(separator: "\n")
  }

  /// Reads a query, whose columns are those that the server names.
  ///
  /// - Parameters:
  ///   - query: What the user wrote.
  ///   - columns: The columns that it returns.
  /// - Throws: ``DocumentError`` where the query cannot be read row by row.
  init(_ query: PostgreSQLQuery, columns: [PostgreSQLColumn]) throws {
    func fault(_ message: String, _ remedy: String) -> DocumentError {
      DocumentError(.malformed, message, subject: query.name, remedy: remedy)
    }
    guard !columns.isEmpty else {
      throw fault("\(query.name) is no query that returns rows", "Write one SELECT statement.")
    }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      throw fault(
        "\(query.name) has two columns called \(column.name)",
        "Give one of them another name: … AS other_name."
      )
    }
    for name in query.keyColumns + [query.updateColumn].compactMap({ $0 }) {
      guard !seen.contains(name) else { continue }
      throw fault(
        "\(query.name) has no column \(name)",
        "Its columns are: " + columns.map(\.name).joined(separator: ", ") + "."
      )
    }
    self.init(label: query.name, columns: columns, key: query.keyColumns)
    updateColumn = query.updateColumn
    // The line end closes a comment.
    source = "(\n\(Self.statement(query.sql))\n) AS t"
  }

  package init(
    label: String,
    columns: [PostgreSQLColumn],
    key: [String] = [],
    labels: [Label] = [],
    references: [String: String] = [:]
  ) {
    self.label = label
    self.columns = columns.filter { $0.isReadable && !$0.isBinary }
    self.key = key
    self.labels = labels
    self.references = references
    warnings = columns.filter { !$0.isReadable }.map {
      "column \($0.name) is left out: the user may not read it"
    }
    warnings += columns.filter { $0.isReadable && $0.isBinary }.map {
      "column \($0.name) is left out: \($0.type) is not text"
    }
    source = ""
    labelExpressions = []
  }

  /// A query without the semicolon at its end.
  static func statement(_ sql: String) -> String {
    var text = sql.trimmed
    while text.hasSuffix(";") { text = String(text.dropLast()).trimmed }
    return text
  }

  /// Key columns that are not among the shown ones.
  var hiddenKey: [String] { key.filter { name in !columns.contains { $0.name == name } } }

  /// All rows in order of the key; without a key in order of all that they hold, so that the same rows
  /// come in the same order.
  var rows: String {
    let order = key.isEmpty ? wholeRow : key.map { "t." + quoted($0) }.joined(separator: ", ")
    let list = columns.map { $0.expression("t") } + hiddenKeyColumns + labelExpressions
    return "SELECT \(list.isEmpty ? "NULL" : list.joined(separator: ", "))\n"
      + "FROM \(source)\nORDER BY \(order)"
  }

  /// The number of rows, and the sum of a 64-bit hash of each: two sets of rows with the same values
  /// differ in nothing that is read, except once in 2^64 cases.
  ///
  /// The server's own counters of changes (`pg_stat_user_tables`) would be cheaper. They lag behind
  /// commits, do not count TRUNCATE, start again after a crash and say nothing of the rows that names
  /// come from, so that changes would be missed.
  var summary: String {
    var summed = wholeRow
    if let updateColumn {
      summed = Self.text((key + [updateColumn]).map { "t." + quoted($0) })
    }
    return "SELECT pg_catalog.count(*)::pg_catalog.text, pg_catalog.sum("
      + "pg_catalog.hashtextextended(\(summed), 0))::pg_catalog.text\nFROM \(source)"
  }

  /// What has to be the same for rows with the same values to read the same.
  var definition: String {
    ([rows, label] + key + columns.map { "\($0.name) \($0.type)" } + labels.map(\.prefix)
      + references.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } + warnings)
      .map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
  }

  private var hiddenKeyColumns: [String] {
    hiddenKey.map { "pg_catalog.left(t.\(quoted($0))::pg_catalog.text, 1000)" }
  }

  private var wholeRow: String {
    Self.text(
      columns.map { "t." + quoted($0.name) } + hiddenKey.map { "t." + quoted($0) }
        + labelExpressions
    )
  }

  /// Values as one text, compared byte by byte.
  private static func text(_ values: [String]) -> String {
    "ROW(\(values.joined(separator: ", ")))::pg_catalog.text COLLATE pg_catalog.\"C\""
  }
}
