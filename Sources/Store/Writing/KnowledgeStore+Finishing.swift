import Foundation
import GRDB
public import Knowledge
import VectorIndex

extension KnowledgeStore {
  public func finishSync(_ run: SyncRun) throws {
    try write { db in
      try requireSource(run.source, db)
      let skipped = run.failures.count { $0.isSkip }
      try db.execute(
        sql: """
          INSERT INTO sync_runs (source, started_at, finished_at, added, changed, removed, unchanged,
            failed, skipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.source, run.startedAt, run.finishedAt, run.added, run.changed, run.removed,
          run.unchanged, run.failures.count - skipped, skipped,
        ]
      )
      try db.execute(
        sql: "UPDATE sources SET last_sync = ? WHERE id = ?",
        arguments: [run.finishedAt, run.source]
      )
      try db.execute(sql: "DELETE FROM failures WHERE source = ?", arguments: [run.source])
      // Messages may name files that are gone by now.
      if db.changesCount > 0 { try Meta.purgeLog.set(1, db) }
      for failure in run.failures {
        try db.execute(
          sql: "INSERT INTO failures (source, is_skip, error) VALUES (?, ?, ?)",
          arguments: [run.source, failure.isSkip, try DatabaseText.json(failure.error)]
        )
      }
    }
    try faults(.runRecorded)
    try compactIndex(run.removed > 0 ? .everythingDead : .whereWorthwhile)
    try purge()
  }

  /// Leaves no deleted text in any file: merges the lexical index, which drops the words that only
  /// deleted passages had, and empties the write-ahead log. Freed space was overwritten already.
  ///
  /// - Throws: ``StoreError`` `busy` while another program keeps reading an old state. What was
  ///   deleted stays deleted, and the next sync purges again.
  func purge() throws {
    try purgeTextIndex()
    let needsLog = try read { try Meta.purgeLog.integer($0) == 1 }
    let writer = try requireWriter()
    try Self.translating(path) { try writer.writeWithoutTransaction { try shrink($0) } }
    do {
      try writer.writeWithoutTransaction { _ = try $0.checkpoint(needsLog ? .truncate : .passive) }
    } catch let error as DatabaseError {
      guard needsLog else { return }
      var failure = StoreError(error, path: path)
      if failure.code == .busy {
        failure.message =
          "Deleted text still stands in the database's log, because another program is reading it."
        failure.remedy =
          "End the other program, then run 'attune sync'; it finishes the deletion."
      }
      throw failure
    }
    try faults(.logTruncated)
    if needsLog { try write { try Meta.purgeLog.set(0, $0) } }
  }

  /// Merges the lexical index where words of deleted passages may stand in it.
  func purgeTextIndex() throws {
    guard try read({ try Meta.purgeIndex.integer($0) == 1 }) else { return }
    try write { db in
      try db.execute(sql: "INSERT INTO passage_index (passage_index) VALUES ('optimize')")
      try Meta.purgeIndex.set(0, db)
    }
    try faults(.textOptimized)
  }

  /// Gives space back to the file system where a quarter of the file is unused.
  private func shrink(_ db: Database) throws {
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let unused = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
    guard unused > 128, unused * 4 > pages else { return }
    try db.execute(sql: "PRAGMA incremental_vacuum")
  }
}
