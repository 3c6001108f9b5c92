import GRDB

extension KnowledgeStore {
  public func restrict(source id: Int64, groups: (_ path: String) -> [String]) throws {
    let changes = try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT id, path, seen_by FROM documents WHERE source = ?",
        arguments: [id]
      ).compactMap { row -> (id: Int64, groups: String)? in
        let wanted = try DatabaseText.json(list: groups(row[1]))
        return wanted == row[2] as String ? nil : (row[0], wanted)
      }
    }
    guard !changes.isEmpty else { return }
    try write { db in
      for change in changes {
        try db.execute(
          sql: "UPDATE documents SET seen_by = ? WHERE id = ?",
          arguments: [change.groups, change.id]
        )
      }
    }
  }
}
