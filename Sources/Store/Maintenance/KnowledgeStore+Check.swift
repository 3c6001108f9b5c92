import Foundation
import GRDB
import Knowledge
import VectorIndex

extension KnowledgeStore {
  /// Looks for faults without changing anything.
  ///
  /// - Parameter deep: Also reads every page of the database; takes seconds where it is large.
  /// - Returns: What is wrong; nothing where all is well.
  /// - Throws: ``StoreError`` where the database cannot be read at all.
  public func check(deep: Bool) throws -> [StoreProblem] {
    try read { db in
      try databaseProblems(deep: deep, db) + countProblems(db) + textIndexProblems(db)
        + indexProblems(db) + purgeProblems(db)
    }
  }

  /// Builds everything that can be derived from the rest again: all index segments and the lexical
  /// index.
  public func rebuildIndex() throws {
    try write { try TextIndex(db: $0, path: path).rebuild() }
    try compactIndex(.rebuild)
  }

  private func databaseProblems(deep: Bool, _ db: Database) throws -> [StoreProblem] {
    guard deep else { return [] }
    let remedy = "Restore a backup with 'attune restore', or move .attune away and sync again."
    let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
    var problems = found.filter { $0 != "ok" }.map {
      StoreProblem("The database is damaged: \($0)", subject: path, remedy: remedy)
    }
    let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
    if orphans > 0 {
      problems.append(
        StoreProblem(
          "\(orphans) rows of the database refer to rows that do not exist.",
          subject: path,
          remedy: remedy
        )
      )
    }
    return problems
  }

  private func textIndexProblems(_ db: Database) throws -> [StoreProblem] {
    let unlike = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM passages WHERE kind = 0)
          - (SELECT count(*) FROM passage_index_docsize)
        """
    )
    guard unlike != 0 else { return [] }
    return [
      StoreProblem(
        "The lexical index does not hold the passages that the database holds.",
        subject: path,
        remedy: "Run 'attune doctor --repair', which builds the index again."
      )
    ]
  }

  private func countProblems(_ db: Database) throws -> [StoreProblem] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT s.name FROM sources s WHERE s.document_count !=
          (SELECT count(*) FROM documents d WHERE d.source = s.id)
        OR s.passage_count != (SELECT count(*) FROM documents d
          JOIN passages p ON p.document = d.id AND p.kind = 0 WHERE d.source = s.id)
        """
    )
    return rows.map { row in
      StoreProblem(
        "The number of documents or passages of the source '\(row[0] as String)' is wrong.",
        subject: path,
        remedy: "Remove the source and add it again."
      )
    }
  }

  private func indexProblems(_ db: Database) throws -> [StoreProblem] {
    guard let embedder = try Meta.embedder.text(db),
      let dimension = try Meta.dimension.integer(db).map(Int.init)
    else { return [] }
    var problems: [StoreProblem] = []
    let named = try IndexedSegment.all(db)
    for kind in [StoredPassage.Kind.passage, .summary] {
      var missing = Set(
        try Int64.fetchAll(
          db,
          sql: "SELECT id FROM passages WHERE kind = ?",
          arguments: [kind.rawValue]
        )
      )
      for segment in named where segment.kind == kind {
        do {
          try index.open(segment, embedder: embedder, dimension: dimension)
            .withIDs { ids in for id in ids { missing.remove(id) } }
        } catch {
          problems.append(
            StoreProblem(
              error.message,
              subject: error.subject,
              remedy: "The next search or sync builds it again from the database."
            )
          )
        }
      }
      if problems.isEmpty, !missing.isEmpty {
        problems.append(
          StoreProblem(
            "\(missing.count) passages are in no segment of the index.",
            subject: indexDirectory,
            remedy: "Run 'attune doctor --repair', which builds the index again."
          )
        )
      }
    }
    let names = Set(named.map(\.description.name))
    let files = (try? FileManager.default.contentsOfDirectory(atPath: indexDirectory)) ?? []
    for file in files.sorted() where !names.contains(file) {
      problems.append(
        StoreProblem(
          "A file of the index belongs to nothing; an interrupted sync may have left it.",
          subject: indexDirectory + "/" + file,
          remedy: "The next sync deletes it."
        )
      )
    }
    return problems
  }

  private func purgeProblems(_ db: Database) throws -> [StoreProblem] {
    guard try Meta.purgeLog.integer(db) == 1 || Meta.purgeIndex.integer(db) == 1 else { return [] }
    return [
      StoreProblem(
        "Deleted text may still stand in the database's files, because a sync was interrupted.",
        subject: path,
        remedy: "Run 'attune sync'; it finishes the deletion."
      )
    ]
  }
}
