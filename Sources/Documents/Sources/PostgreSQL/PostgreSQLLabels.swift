/// How the readable names of the rows that a table refers to are looked up: by the server, with joins,
/// so that large tables that are referred to need no memory here.
struct PostgreSQLLabels {
  /// One name, shown behind the value of `column`.
  struct Label {
    var column: String
    /// The name in SQL.
    var expression: String
    /// What stands in front of the name: the column that an indirect name comes from.
    var prefix: String
  }

  private(set) var labels: [Label] = []
  private(set) var joins: [String] = []
  /// The tables referred to, by referring column.
  private(set) var tables: [String: String] = [:]

  /// A long text is a description, not a name.
  private static let longest = 120

  /// Looks for the names behind every foreign key of `table`, which stands in SQL as `t`.
  init(of table: PostgreSQLTable, catalog: PostgreSQLCatalog) throws {
    for reference in table.references {
      guard let first = reference.columns.first, table.permits(reference.columns),
        let target = try catalog.table(reference.table), target.relation.isReadable
      else { continue }
      for column in reference.columns where tables[column] == nil {
        tables[column] = target.relation.name.label
      }
      guard target.permits(reference.targets), !labels.contains(where: { $0.column == first })
      else { continue }
      let alias = "r\(labels.count)"
      var names = target.namingColumns
      if names.isEmpty || names.allSatisfy(reference.targets.contains) {
        if let found = try indirect(target, alias: alias, catalog: catalog) {
          joins.append(Self.join(target, alias: alias, reference: reference, from: "t"))
          joins.append(found.join)
          labels.append(
            Label(column: first, expression: found.expression, prefix: found.column + ": ")
          )
          continue
        }
        names = target.describingColumns.filter { !reference.targets.contains($0) }
      }
      guard !names.isEmpty else { continue }
      joins.append(Self.join(target, alias: alias, reference: reference, from: "t"))
      labels.append(Label(column: first, expression: Self.name(names, alias), prefix: ""))
    }
  }

  /// A table without a name of its own, such as orders, is known by the first thing it refers to.
  private func indirect(
    _ table: PostgreSQLTable,
    alias: String,
    catalog: PostgreSQLCatalog
  ) throws -> (column: String, expression: String, join: String)? {
    for reference in table.references where reference.columns.count == 1 {
      guard table.permits(reference.columns), reference.table != table.relation.oid,
        let target = try catalog.table(reference.table), target.relation.isReadable,
        target.permits(reference.targets), !target.namingColumns.isEmpty
      else { continue }
      let further = "s" + alias
      return (
        reference.columns[0], Self.name(target.namingColumns, further),
        Self.join(target, alias: further, reference: reference, from: alias)
      )
    }
    return nil
  }

  private static func join(
    _ table: PostgreSQLTable,
    alias: String,
    reference: PostgreSQLTable.Reference,
    from: String
  ) -> String {
    let terms = zip(reference.targets, zip(reference.operators, reference.columns)).map {
      target,
      rest in
      "\(alias).\(quoted(target)) \(rest.0) \(from).\(quoted(rest.1))"
    }
    return "LEFT JOIN \(table.source) AS \(alias) ON " + terms.joined(separator: " AND ")
  }

  private static func name(_ columns: [String], _ alias: String) -> String {
    let parts = columns.map { "\(alias).\(quoted($0))" }.joined(separator: ", ")
    return "pg_catalog.left(pg_catalog.btrim(pg_catalog.concat_ws(' ', \(parts))), \(longest))"
  }
}
