/// A query whose rows are read as if they were a table's.
public struct PostgreSQLQuery: Codable, Hashable, Sendable {
  /// What the rows are called; it stands in front of every row.
  public var name: String
  /// One statement that only reads. It runs in a read-only transaction, with `public` as the schema of
  /// names without one.
  public var sql: String
  /// The columns that tell rows apart. Without any, rows are numbered.
  public var keyColumns: [String]
  /// A column that every change of a row changes (a time, a version). With it a sync that finds nothing
  /// new compares only this column and the key instead of whole rows.
  public var updateColumn: String?

  public init(
    name: String,
    sql: String,
    keyColumns: [String] = [],
    updateColumn: String? = nil
  ) {
    self.name = name
    self.sql = sql
    self.keyColumns = keyColumns
    self.updateColumn = updateColumn
  }
}
