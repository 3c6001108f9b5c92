import GRDB
import Knowledge

/// A search filter as an SQL condition over `documents d` joined with `sources s`.
struct FilterCondition {
  private(set) var sql = "1"
  private(set) var arguments = StatementArguments()

  init(_ filter: SearchFilter) {
    restrict("s.name = ?", filter.sources) { [$0] }
    restrict("d.path GLOB ?", filter.paths) { [$0] }
    // A whole type, or everything under its first half.
    restrict(
      "(d.media_type = ? OR substr(d.media_type, 1, length(?) + 1) = ? || '/')",
      filter.mediaTypes
    ) { [$0, $0, $0] }
    if let after = filter.modifiedAfter { require("d.modified > ?", [after]) }
    if let before = filter.modifiedBefore { require("d.modified < ?", [before]) }
    for (name, value) in filter.metadata.sorted(by: { $0.key < $1.key }) {
      require(
        "EXISTS (SELECT 1 FROM json_each(d.metadata) m WHERE m.key = ? AND m.value = ?)",
        [name, value]
      )
    }
    if !filter.documents.isEmpty {
      let list = "[" + filter.documents.map(String.init).joined(separator: ",") + "]"
      require("d.id IN (SELECT value FROM json_each(?))", [list])
    }
    if let groups = filter.groups {
      let holds =
        groups.isEmpty
        ? "0" : "g.value IN (" + groups.map { _ in "?" }.joined(separator: ", ") + ")"
      require(
        "(d.seen_by = '[]' OR EXISTS (SELECT 1 FROM json_each(d.seen_by) g WHERE \(holds)))",
        StatementArguments(groups.sorted())
      )
    }
  }

  /// One of the alternatives must hold.
  private mutating func restrict<Value>(
    _ condition: String,
    _ alternatives: [Value],
    _ values: (Value) -> StatementArguments
  ) {
    guard !alternatives.isEmpty else { return }
    let any = alternatives.map { _ in condition }.joined(separator: " OR ")
    require("(\(any))", alternatives.reduce(into: StatementArguments()) { $0 += values($1) })
  }

  private mutating func require(_ condition: String, _ values: StatementArguments) {
    sql += " AND " + condition
    arguments += values
  }
}
