/// What a database holds: its tables, and their definitions once they are asked for.
final class PostgreSQLCatalog {
  private let session: PostgreSQLSession
  /// All tables and views except PostgreSQL's own, in order of schema and name.
  let relations: [PostgreSQLRelation]
  private let byOID: [String: PostgreSQLRelation]
  private var tables: [String: PostgreSQLTable] = [:]

  init(_ session: PostgreSQLSession) throws {
    self.session = session
    let rows = try session.run(
      """
      SELECT c.oid::pg_catalog.text, n.nspname, c.relname, c.relkind::pg_catalog.text,
        (c.relispartition OR EXISTS (
          SELECT 1 FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND d.deptype = 'e'))::pg_catalog.text,
        pg_catalog.has_schema_privilege(n.oid, 'USAGE')::pg_catalog.text,
        pg_catalog.has_any_column_privilege(c.oid, 'SELECT')::pg_catalog.text
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'
        AND pg_catalog.left(n.nspname::pg_catalog.text, 8) <> 'pg_toast'
        AND pg_catalog.left(n.nspname::pg_catalog.text, 7) <> 'pg_temp'
      ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C"
      """
    )
    relations = rows.compactMap { row in
      let values = row.compactMap { $0 }
      guard values.count == 7 else { return nil }
      return PostgreSQLRelation(
        oid: values[0],
        name: PostgreSQLName(schema: values[1], table: values[2]),
        kind: values[3],
        isInner: values[4] == "true",
        isInReach: values[5] == "true",
        isReadable: values[5] == "true" && values[6] == "true"
      )
    }
    byOID = Dictionary(relations.map { ($0.oid, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The definition of a table; nil where it is not one of ``relations``.
  func table(_ oid: String) throws -> PostgreSQLTable? {
    if let table = tables[oid] { return table }
    guard let relation = byOID[oid] else { return nil }
    let columns = try columns(of: oid)
    let table = PostgreSQLTable(
      relation: relation,
      columns: columns,
      key: try key(of: oid, columns: columns),
      references: try references(of: oid)
    )
    tables[oid] = table
    return table
  }

  /// The columns that a query returns.
  ///
  /// - Throws: ``PostgreSQLFault`` where the text is not one statement.
  func columns(ofQuery sql: String) throws -> [PostgreSQLColumn] {
    let columns = try session.columns(of: sql)
    let list = "{" + Set(columns.map(\.type)).sorted().joined(separator: ",") + "}"
    let rows = try session.run(
      """
      SELECT t.oid::pg_catalog.text, pg_catalog.format_type(t.oid, NULL), \(Self.traits)
      FROM pg_catalog.pg_type AS t LEFT JOIN pg_catalog.pg_type AS e ON e.oid = t.typelem
      WHERE t.oid = ANY ($1::pg_catalog.oid[])
      """,
      [list]
    )
    let types = Dictionary(rows.map { ($0.first ?? nil, $0) }, uniquingKeysWith: { a, _ in a })
    return columns.map { column in
      Self.column(column.name, traits: types[column.type]?.dropFirst() ?? [], isReadable: true)
    }
  }

  /// What is asked of a type `t` and the type `e` of its elements.
  private static let traits = """
    (SELECT p.proname FROM pg_catalog.pg_proc AS p WHERE p.oid = t.typoutput),
    (SELECT p.proname FROM pg_catalog.pg_proc AS p WHERE p.oid = e.typoutput),
    t.typcategory::pg_catalog.text, (t.typlen < 0)::pg_catalog.text
    """

  private static func column(
    _ name: String,
    traits: ArraySlice<String?>,
    isReadable: Bool
  ) -> PostgreSQLColumn {
    let traits = Array(traits)
    func trait(_ index: Int) -> String { index < traits.count ? traits[index] ?? "" : "" }
    return PostgreSQLColumn(
      name: name,
      type: trait(0),
      output: trait(1),
      elementOutput: trait(2),
      category: trait(3),
      isVariable: trait(4) == "true",
      isReadable: isReadable
    )
  }

  private func columns(of oid: String) throws -> [PostgreSQLColumn] {
    let rows = try session.run(
      """
      SELECT a.attname,
        pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')::pg_catalog.text,
        pg_catalog.format_type(a.atttypid, a.atttypmod), \(Self.traits)
      FROM pg_catalog.pg_attribute AS a
      JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_type AS e ON e.oid = t.typelem
      WHERE a.attrelid = $1::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """,
      [oid]
    )
    return rows.compactMap { row in
      guard row.count > 2, let name = row[0] else { return nil }
      return Self.column(name, traits: row[2...], isReadable: row[1] == "true")
    }
  }

  /// The primary key comes first; of other unique indexes only those whose columns are never NULL.
  private func key(of oid: String, columns: [PostgreSQLColumn]) throws -> [String] {
    let rows = try session.run(
      """
      SELECT i.indexrelid::pg_catalog.text, a.attname, a.attnotnull::pg_catalog.text
      FROM pg_catalog.pg_index AS i
      CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY
        AS k (number, position)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
      WHERE i.indrelid = $1::pg_catalog.oid AND i.indisunique AND i.indisvalid
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND k.position <= i.indnkeyatts::pg_catalog.int8
      ORDER BY i.indisprimary DESC, i.indexrelid, k.position
      """,
      [oid]
    )
    let readable = Set(columns.filter(\.isReadable).map(\.name))
    var indexes: [(oid: String?, columns: [String], isKey: Bool)] = []
    for row in rows where row.count == 3 {
      if indexes.last?.oid != row[0] { indexes.append((row[0], [], true)) }
      let name = row[1] ?? ""
      indexes[indexes.count - 1].columns.append(name)
      if row[2] != "true" || !readable.contains(name) { indexes[indexes.count - 1].isKey = false }
    }
    return indexes.first(where: \.isKey)?.columns ?? []
  }

  private func references(of oid: String) throws -> [PostgreSQLTable.Reference] {
    let rows = try session.run(
      """
      SELECT c.oid::pg_catalog.text, c.confrelid::pg_catalog.text, a.attname, f.attname,
        n.nspname, o.oprname
      FROM pg_catalog.pg_constraint AS c
      CROSS JOIN LATERAL ROWS FROM (
        pg_catalog.unnest(c.conkey), pg_catalog.unnest(c.confkey), pg_catalog.unnest(c.conpfeqop)
      ) WITH ORDINALITY AS k (own, other, operator, position)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.own
      JOIN pg_catalog.pg_attribute AS f ON f.attrelid = c.confrelid AND f.attnum = k.other
      JOIN pg_catalog.pg_operator AS o ON o.oid = k.operator
      JOIN pg_catalog.pg_namespace AS n ON n.oid = o.oprnamespace
      WHERE c.conrelid = $1::pg_catalog.oid AND c.contype = 'f' AND c.conparentid = 0
      ORDER BY c.oid, k.position
      """,
      [oid]
    )
    var references: [(oid: String, reference: PostgreSQLTable.Reference)] = []
    for row in rows {
      let values = row.compactMap { $0 }
      guard values.count == 6 else { continue }
      if references.last?.oid != values[0] {
        let empty = PostgreSQLTable.Reference(
          columns: [],
          table: values[1],
          targets: [],
          operators: []
        )
        references.append((values[0], empty))
      }
      let last = references.count - 1
      references[last].reference.columns.append(values[2])
      references[last].reference.targets.append(values[3])
      references[last].reference.operators.append("OPERATOR(\(quoted(values[4])).\(values[5]))")
    }
    return references.map(\.reference)
  }
}
