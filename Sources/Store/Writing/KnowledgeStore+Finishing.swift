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
      try replaceFailures(of: run, db)
    }
    try faults(.runRecorded)
    try compactIndex(run.removed > 0 ? .everythingDead : .whereWorthwhile)
    try purge()
  }

  /// Messages may name files that are gone by now, so old ones are deleted text; those that are still
  /// the same stay where they are.
  private func replaceFailures(of run: SyncRun, _ db: Database) throws {
    let old = try Row.fetchAll(
      db,
      sql: "SELECT is_skip, error FROM failures WHERE source = ? ORDER BY id",
      arguments: [run.source]
    ).map { (isSkip: $0[0] as Bool, error: $0[1] as String) }
    let new = try run.failures.map {
      (isSkip: $0.isSkip, error: try DatabaseText.json($0.error))
    }
    guard !old.elementsEqual(new, by: { $0.isSkip == $1.isSkip && $0.error == $1.error }) else {
      return
    }
    if !old.isEmpty { try Meta.purgeLog.set(1, db) }
    try db.execute(sql: "DELETE FROM failures WHERE source = ?", arguments: [run.source])
    for failure in new {
      try db.execute(
        sql: "INSERT INTO failures (source, is_skip, error) VALUES (?, ?, ?)",
        arguments: [run.source, failure.isSkip, failure.error]
      )
    }
  }

  /// Leaves no deleted text in any file: merges the lexical index, which drops the words that only
  /// deleted passages had, writes the database anew, and empties the write-ahead log.
  ///
  /// `secure_delete` overwrites what is deleted where it stands. But when SQLite moves rows to other
  /// pages to keep its trees balanced, it leaves the bytes of the old place behind, and a row deleted
  /// later is overwritten in the new place only. So the whole file is written anew.
  ///
  /// - Throws: ``StoreError`` `busy` while another program keeps reading an old state. What was
  ///   deleted stays deleted, and the next sync purges again.
  func purge() throws {
    try purgeTextIndex()
    let needsLog = try read { try Meta.purgeLog.integer($0) == 1 }
    let writer = try requireWriter()
    try Self.translating(path) {
      try writer.writeWithoutTransaction { db in
        if needsLog { try rewrite(db) } else { try shrink(db) }
      }
    }
    try faults(.rewritten)
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

  /// Writes the database anew, live rows only. Small ones by way of memory; a large one's live rows, not
  /// the deleted ones, pass through a file that has no name.
  ///
  /// - Complexity: O(size of the database).
  private func rewrite(_ db: Database) throws {
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
    guard pages * pageSize > Self.rewrittenInMemory else { return try db.execute(sql: "VACUUM") }
    try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
  }

  /// Bytes of a database that is written anew by way of memory.
  private static let rewrittenInMemory = 256 << 20

  /// Gives space back to the file system where a quarter of the file is unused.
  private func shrink(_ db: Database) throws {
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let unused = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
    guard unused > 128, unused * 4 > pages else { return }
    try db.execute(sql: "PRAGMA incremental_vacuum")
  }
}
