/// A table or view that the database has, before its columns are looked at.
struct PostgreSQLRelation {
  /// PostgreSQL's number for it.
  var oid: String
  var name: PostgreSQLName
  /// `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table.
  var kind: String
  /// Whether it is part of another table or of an extension.
  var isInner: Bool
  /// Whether its schema may be used at all.
  var isInReach: Bool
  /// Whether at least one of its columns may be read.
  var isReadable: Bool

  /// Whether it is read although nobody named it.
  var isOrdinary: Bool { (kind == "r" || kind == "p") && !isInner && isInReach }
}
