import GRDB

/// The readable names of the rows that a table refers to.
struct SQLiteLabels {
  /// For each referring column, the names by the referring columns' values.
  private var byColumn: [String: (columns: [String], names: [String: String])] = [:]
  /// The tables referred to, by referring column.
  private(set) var tables: [String: String] = [:]

  /// Looks up the names behind every foreign key of `table`; `definitions` are all tables.
  init(_ db: Database, of table: SQLiteTable, definitions: [SQLiteTable]) throws {
    for reference in table.references {
      guard let first = reference.columns.first,
        let target = definitions.first(where: {
          $0.name.lowercased() == reference.table.lowercased()
        })
      else { continue }
      for column in reference.columns { tables[column] = target.name }
      let keys = reference.targets.isEmpty ? target.primaryKey : reference.targets
      guard keys.count == reference.columns.count else { continue }
      let names = try Self.names(db, of: target, keys: keys, definitions: definitions)
      if !names.isEmpty { byColumn[first] = (reference.columns, names) }
    }
  }

  /// The readable name that goes behind a column's value.
  func name(column: String, row: [String: DatabaseValue]) -> String? {
    guard let label = byColumn[column] else { return nil }
    var parts: [String] = []
    for column in label.columns {
      guard let value = row[column].flatMap(SQLiteValue.text) else { return nil }
      parts.append(value)
    }
    return label.names[Self.key(parts)]
  }

  private static func names(
    _ db: Database,
    of table: SQLiteTable,
    keys: [String],
    definitions: [SQLiteTable]
  ) throws -> [String: String] {
    var labels = table.namingColumns
    if labels.isEmpty || labels.allSatisfy(keys.contains) {
      let indirect = try indirectNames(db, of: table, keys: keys, definitions: definitions)
      if !indirect.isEmpty { return indirect }
      labels = table.describingColumns.filter { !keys.contains($0) }
    }
    guard !labels.isEmpty else { return [:] }
    let list = (keys + labels).map(quoted).joined(separator: ", ")
    var result: [String: String] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT \(list) FROM \(quoted(table.name))")
    while let row = try rows.next() {
      let values = Array(row.databaseValues).map(SQLiteValue.text)
      let key = values.prefix(keys.count).compactMap { $0 }
      let name = values.dropFirst(keys.count).compactMap { $0 }.joined(separator: " ").trimmed
      guard key.count == keys.count, !name.isEmpty else { continue }
      // A long text is a description, not a name.
      result[Self.key(key)] = String(name.unicodeScalars.prefix(120))
    }
    return result
  }

  /// A table without a name of its own, such as orders, is known by the first thing it refers to.
  private static func indirectNames(
    _ db: Database,
    of table: SQLiteTable,
    keys: [String],
    definitions: [SQLiteTable]
  ) throws -> [String: String] {
    for reference in table.references where reference.columns.count == 1 {
      guard
        let target = definitions.first(where: {
          $0.name.lowercased() == reference.table.lowercased()
        }), target.name != table.name
      else { continue }
      let targets = reference.targets.isEmpty ? target.primaryKey : reference.targets
      guard targets.count == 1, !target.namingColumns.isEmpty else { continue }
      let names = try names(db, of: target, keys: targets, definitions: [])
      let list = (keys + reference.columns).map(quoted).joined(separator: ", ")
      var result: [String: String] = [:]
      let rows = try Row.fetchCursor(db, sql: "SELECT \(list) FROM \(quoted(table.name))")
      while let row = try rows.next() {
        let values = Array(row.databaseValues).compactMap(SQLiteValue.text)
        guard values.count == keys.count + 1, let name = names[key([values[keys.count]])] else {
          continue
        }
        result[key(Array(values.prefix(keys.count)))] = "\(reference.columns[0]): \(name)"
      }
      return result
    }
    return [:]
  }

  private static func key(_ parts: [String]) -> String { parts.joined(separator: "\u{1F}") }
}
