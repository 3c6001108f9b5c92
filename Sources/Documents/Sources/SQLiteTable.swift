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

  /// The columns whose names say that they name a row for a person, or none: a column called name,
  /// first and last name together, a title or label, or a column that ends in `name`.
  var namingColumns: [String] {
    let byName = Dictionary(
      columns.map { ($0.name.lowercased().filter { $0 != "_" && $0 != " " }, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    for wanted in ["name", "fullname", "displayname"] {
      if let column = byName[wanted] { return [column] }
    }
    for (first, last) in [("firstname", "lastname"), ("givenname", "familyname")] {
      if let first = byName[first], let last = byName[last] { return [first, last] }
    }
    for wanted in ["title", "label"] {
      if let column = byName[wanted] { return [column] }
    }
    return freeColumns.first { $0.name.lowercased().hasSuffix("name") }.map { [$0.name] } ?? []
  }

  /// A second choice: a description or code, else the first column of text.
  var describingColumns: [String] {
    let free = freeColumns
    for wanted in ["description", "caption", "subject", "code"] {
      if let column = free.first(where: { $0.name.lowercased() == wanted }) {
        return [column.name]
      }
    }
    return free.first { $0.isText && !$0.looksLikeDate }.map { [$0.name] } ?? []
  }

  /// Columns that are neither the key nor a reference.
  private var freeColumns: [Column] {
    let foreign = Set(references.flatMap { $0.columns.map { $0.lowercased() } })
    let isComposite = primaryKey.count > 1
    return columns.filter {
      !foreign.contains($0.name.lowercased()) && ($0.keyPosition == 0 || isComposite)
    }
  }
}

extension SQLiteTable.Column {
  /// Dates tell rows apart badly and name nothing.
  var looksLikeDate: Bool {
    let name = name.lowercased()
    return ["date", "time", "_at", "_on"].contains { name.hasSuffix($0) }
      || declaredType.uppercased().contains("DATE")
  }
}

/// A name as SQL writes it.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}
