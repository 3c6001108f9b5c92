import GRDB

/// One table's definition, as far as reading its rows needs it.
struct SQLiteTable {
  struct Column {
    var name: String
    var declaredType: String
    /// Position in the primary key from 1; 0 for other columns.
    var keyPosition: Int

    /// Whether SQLite would give the column text affinity.
    var isText: Bool {
      let type = declaredType.uppercased()
      return ["CHAR", "CLOB", "TEXT", "STRING"].contains { type.contains($0) }
    }
  }

  /// A foreign key: which columns refer to which columns of which table.
  struct Reference {
    var columns: [String]
    var table: String
    /// Empty where the reference is to the primary key.
    var targets: [String]
  }

  var name: String
  var columns: [Column]
  var references: [Reference]
  var hasRowID: Bool
  var definition: String

  var primaryKey: [String] {
    columns.filter { $0.keyPosition > 0 }.sorted { $0.keyPosition < $1.keyPosition }.map(\.name)
  }

  /// A name for the row number that no column hides.
  var rowIDName: String? {
    guard hasRowID else { return nil }
    let names = Set(columns.map { $0.name.lowercased() })
    return ["_rowid_", "rowid", "oid"].first { !names.contains($0) }
  }

  /// Reads a table's definition; generated columns count as columns.
  init(_ db: Database, name: String, hasRowID: Bool, definition: String) throws {
    self.name = name
    self.hasRowID = hasRowID
    self.definition = definition
    columns = try Row.fetchAll(db, sql: "PRAGMA table_xinfo(\(quoted(name)))").compactMap { row in
      // 1 marks the hidden columns of virtual tables.
      guard row["hidden"] as Int? != 1, let column = row["name"] as String? else { return nil }
      return Column(
        name: column,
        declaredType: row["type"] as String? ?? "",
        keyPosition: row["pk"] as Int? ?? 0
      )
    }
    var references: [(id: Int, reference: Reference)] = []
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_list(\(quoted(name)))") {
      guard let id = row["id"] as Int?, let table = row["table"] as String?,
        let from = row["from"] as String?
      else { continue }
      let to = (row["to"] as String?).map { [$0] } ?? []
      if let index = references.firstIndex(where: { $0.id == id }) {
        references[index].reference.columns.append(from)
        references[index].reference.targets += to
      } else {
        references.append((id, Reference(columns: [from], table: table, targets: to)))
      }
    }
    // SQLite numbers them from the last declared to the first.
    self.references = references.sorted { $0.id > $1.id }.map(\.reference)
  }

  /// The columns whose names say that they name a row for a person, or none.
  var namingColumns: [String] { RowNaming.naming(namedColumns) }

  /// A second choice: a description or code, else the first column of text.
  var describingColumns: [String] { RowNaming.describing(namedColumns) }

  private var namedColumns: [RowNaming.Column] {
    let foreign = Set(references.flatMap { $0.columns.map { $0.lowercased() } })
    let isComposite = primaryKey.count > 1
    return columns.map { column in
      RowNaming.Column(
        name: column.name,
        isText: column.isText,
        isDate: RowNaming.isDate(column.name) || column.declaredType.uppercased().contains("DATE"),
        isFree: !foreign.contains(column.name.lowercased())
          && (column.keyPosition == 0 || isComposite)
      )
    }
  }
}

/// A name as SQL writes it.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}
