/// One table's or view's definition, as far as reading its rows needs it.
struct PostgreSQLTable {
  /// A foreign key: which columns refer to which columns of which table.
  struct Reference {
    var columns: [String]
    /// The table's OID.
    var table: String
    var targets: [String]
    /// The operators that compare a target with its column, as SQL writes them.
    var operators: [String]
  }

  var relation: PostgreSQLRelation
  var columns: [PostgreSQLColumn]
  /// The primary key, or else a unique index without NULLs.
  var key: [String]
  var references: [Reference]

  /// The table as it stands behind FROM, without the tables that inherit from it, which are read
  /// by themselves.
  var source: String { (relation.kind == "r" ? "ONLY " : "") + relation.name.sql }

  /// The columns whose names say that they name a row for a person, or none.
  var namingColumns: [String] { RowNaming.naming(namedColumns) }

  /// A second choice: a description or code, else the first column of text.
  var describingColumns: [String] { RowNaming.describing(namedColumns) }

  /// Whether the user may read all of these columns.
  func permits(_ names: [String]) -> Bool {
    names.allSatisfy { name in columns.contains { $0.name == name && $0.isReadable } }
  }

  private var namedColumns: [RowNaming.Column] {
    let foreign = Set(references.flatMap(\.columns))
    return columns.filter { $0.isReadable && !$0.isBinary }.map { column in
      RowNaming.Column(
        name: column.name,
        isText: column.category == "S",
        isDate: column.category == "D" || RowNaming.isDate(column.name),
        isFree: !foreign.contains(column.name) && (key.count > 1 || !key.contains(column.name))
      )
    }
  }
}
