/// What is read of a PostgreSQL database.
public enum PostgreSQLSelection: Codable, Hashable, Sendable {
  /// Every table that the user may read, except PostgreSQL's own and those of extensions. Views,
  /// materialized views and foreign tables are read only where they are named.
  case allTables
  /// Tables and views by their names, such as `public.orders`; without a schema it is `public`.
  case tables([String])
  /// The rows of a query.
  case query(PostgreSQLQuery)
}
