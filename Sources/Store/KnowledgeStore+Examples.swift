public import Datasets
import Foundation
import GRDB

extension KnowledgeStore: ExampleStore {
  @discardableResult
  public func add(
    _ examples: [NewExample],
    to dataset: String,
    at time: Double
  ) throws -> Int {
    try write { db in
      let rows = ExampleRows(db: db, path: path)
      var added = 0
      for new in examples where try rows.insert(new, into: dataset, at: time) { added += 1 }
      return added
    }
  }

  public func examples(
    in dataset: String,
    matching filter: ExampleFilter
  ) throws -> [StoredExample] {
    try read { db in
      let rows = ExampleRows(db: db, path: path)
      return try rows.fetch(where: "e.dataset = ?", [dataset]).filter(filter.takes)
    }
  }

  /// - Throws: ``StoreError`` `ambiguous` where several identifiers start so.
  public func example(_ id: String, in dataset: String) throws -> StoredExample? {
    guard !id.isEmpty else { return nil }
    return try read { db in
      let found = try ExampleRows(db: db, path: path).fetch(
        where: "e.dataset = ? AND substr(e.identifier, 1, length(?)) = ?",
        [dataset, id, id],
        limit: 2
      )
      guard found.count < 2 || found[0].id == id else {
        throw StoreError(
          .ambiguous,
          "Several examples have an identifier that starts with '\(id)'.",
          subject: id,
          remedy: "Give more of the identifier."
        )
      }
      return found.first
    }
  }

  public func example(ofAnswer answer: String, in dataset: String) throws -> StoredExample? {
    try read { db in
      // A correction is linked to its answer too; what the answer itself became comes first.
      try ExampleRows(db: db, path: path).fetch(
        where: """
          e.dataset = ? AND e.id IN (SELECT example FROM example_answers WHERE answer = ?)
            AND e.id NOT IN (SELECT example FROM feedback WHERE answer = ? AND example IS NOT NULL)
          """,
        [dataset, answer, answer],
        limit: 1
      ).first
    }
  }

  public func set(
    _ state: ExampleState,
    ofExamples ids: [String],
    in dataset: String
  ) throws {
    try write { db in
      let statement = try db.cachedStatement(
        sql: "UPDATE examples SET state = ? WHERE dataset = ? AND identifier = ?"
      )
      for id in ids { try statement.execute(arguments: [state.rawValue, dataset, id]) }
    }
  }

  public func setSplits(_ splits: [String: Example.Split], in dataset: String) throws {
    try write { db in
      let statement = try db.cachedStatement(
        sql: "UPDATE examples SET split = ? WHERE dataset = ? AND identifier = ?"
      )
      for (id, split) in splits {
        try statement.execute(arguments: [split.rawValue, dataset, id])
      }
    }
  }

  public func replace(
    _ id: String,
    in dataset: String,
    by example: NewExample
  ) throws -> String {
    try write { db in
      try ExampleRows(db: db, path: path).replace(id, in: dataset, by: example)
    }
  }

  public func removeExamples(_ ids: [String], in dataset: String) throws {
    try write { db in
      let statement = try db.cachedStatement(
        sql: "DELETE FROM examples WHERE dataset = ? AND identifier = ?"
      )
      for id in ids { try statement.execute(arguments: [dataset, id]) }
      try Meta.purgeLog.set(1, db)
    }
    try purge()
  }

  public func datasetNames() throws -> [String] {
    try read {
      try String.fetchAll($0, sql: "SELECT DISTINCT dataset FROM examples ORDER BY dataset")
    }
  }

  public func removeDataset(_ name: String) throws -> Int {
    let count = try write { db in
      try db.execute(sql: "DELETE FROM examples WHERE dataset = ?", arguments: [name])
      let count = db.changesCount
      // The words of corrections stood in its examples.
      try db.execute(
        sql: "UPDATE feedback SET correction = NULL WHERE dataset = ?",
        arguments: [name]
      )
      try Meta.purgeLog.set(1, db)
      return count
    }
    try purge()
    return count
  }
}
