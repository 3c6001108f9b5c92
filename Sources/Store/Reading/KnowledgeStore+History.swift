import GRDB

extension KnowledgeStore {
  /// Seconds that it took to take in what the sources held at first: of each source the sync that added
  /// the most.
  package func firstSyncSeconds() throws -> Double {
    try read { db in
      try Double.fetchOne(
        db,
        sql: """
          SELECT sum(seconds) FROM (
            SELECT max(added), finished_at - started_at AS seconds FROM sync_runs GROUP BY source
          )
          """
      ) ?? 0
    }
  }
}
