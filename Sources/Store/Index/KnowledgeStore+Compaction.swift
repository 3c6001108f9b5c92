import Foundation
import GRDB
import Knowledge
import Logging
import VectorIndex

/// Which dead vectors make a segment be written again.
enum Compaction {
  /// Any: after a removal, nothing of what was removed shall remain.
  case everythingDead
  /// A quarter of a segment; fewer cost less to pass over than to write again.
  case whereWorthwhile
  /// Every segment is built again from the database.
  case rebuild
}

extension KnowledgeStore {
  /// Merges small segments, drops dead vectors, replaces lost or damaged files, and deletes files
  /// that nobody names.
  func compactIndex(_ compaction: Compaction) throws {
    var stale: [String] = []
    try write { db in
      guard let embedder = try Meta.embedder.text(db),
        let dimension = try Meta.dimension.integer(db).map(Int.init)
      else { return }
      let segments = SegmentWriter(
        directory: indexDirectory,
        embedder: embedder,
        dimension: dimension
      )
      let tombstones = Set(try Int64.fetchAll(db, sql: "SELECT passage FROM tombstones"))
      let named = try IndexedSegment.all(db)
      var changed = false
      for kind in [StoredPassage.Kind.passage, .summary] {
        var plan = CompactionPlan(tombstones: tombstones, compaction: compaction)
        for segment in named where segment.kind == kind {
          let opened =
            compaction == .rebuild
            ? nil : try? index.open(segment, embedder: embedder, dimension: dimension)
          plan.add(segment.description.name, opened)
        }
        changed = try apply(plan, kind: kind, segments, db) || changed
        stale += plan.replaced
      }
      guard changed else { return }
      try forgetTombstones(tombstones, embedder: embedder, dimension: dimension, db)
      try Meta.generation.advance(db)
      try faults(.segmentsMerged)
    }
    try faults(.mergeCommitted)
    try deleteUnnamedFiles()
    if !stale.isEmpty {
      logger.debug("Index segments were merged.", metadata: ["replaced": "\(stale.count)"])
    }
    try faults(.filesDeleted)
  }

  /// Whether anything was written.
  private func apply(
    _ plan: CompactionPlan,
    kind: StoredPassage.Kind,
    _ segments: SegmentWriter,
    _ db: Database
  ) throws -> Bool {
    for name in plan.replaced {
      try db.execute(sql: "DELETE FROM segments WHERE name = ?", arguments: [name])
    }
    var changed = !plan.replaced.isEmpty
    if !plan.merged.isEmpty {
      let name = try IndexedSegment.newName(db, kind: kind)
      let dead = plan.tombstones
      let description = try segments.merge(name: name, plan.merged) { !dead.contains($0) }
      if let description {
        try IndexedSegment(kind: kind, description: description)
          .insert(db, embedder: segments.embedder)
      }
    }
    if plan.lostAny {
      changed = try rebuildMissing(kind: kind, covered: plan.covered, segments, db) || changed
    }
    return changed
  }

  /// Writes a segment of all live vectors of a kind that no segment holds.
  private func rebuildMissing(
    kind: StoredPassage.Kind,
    covered: Set<Int64>,
    _ segments: SegmentWriter,
    _ db: Database
  ) throws -> Bool {
    let ids = try Int64.fetchAll(
      db,
      sql: "SELECT id FROM passages WHERE kind = ? ORDER BY id",
      arguments: [kind.rawValue]
    ).filter { !covered.contains($0) }
    guard !ids.isEmpty else { return false }
    let name = try IndexedSegment.newName(db, kind: kind)
    let statement = try db.cachedStatement(sql: "SELECT vector FROM embeddings WHERE passage = ?")
    let description = try segments.write(name: name, ids: ids) { position in
      guard let data = try Data.fetchOne(statement, arguments: [ids[position]]),
        let vector = VectorBlob.vector(data, dimension: segments.dimension)
      else { throw StoreError.impossible("a passage without its vector", path: path) }
      return vector
    }
    try IndexedSegment(kind: kind, description: description).insert(db, embedder: segments.embedder)
    logger.info(
      "Index segment was built again from the database.",
      metadata: ["segment": "\(name)", "vectors": "\(ids.count)"]
    )
    return true
  }

  /// Keeps the tombstones of vectors that still stand in a segment.
  private func forgetTombstones(
    _ tombstones: Set<Int64>,
    embedder: String,
    dimension: Int,
    _ db: Database
  ) throws {
    guard !tombstones.isEmpty else { return }
    let segments = try IndexedSegment.all(db).map {
      try index.open($0, embedder: embedder, dimension: dimension)
    }
    let delete = try db.cachedStatement(sql: "DELETE FROM tombstones WHERE passage = ?")
    for id in tombstones where !segments.contains(where: { $0.row(of: id) != nil }) {
      try delete.execute(arguments: [id])
    }
  }

  /// Deletes what a crash, a merge or a failed batch left in the index folder.
  ///
  /// Inside a write transaction, because a batch names its segments in the transaction in which it
  /// writes them: whoever holds the right to write sees every file either named or left behind.
  private func deleteUnnamedFiles() throws {
    try write { db in
      let named = Set(try String.fetchAll(db, sql: "SELECT name FROM segments"))
      for file in try FileManager.default.contentsOfDirectory(atPath: indexDirectory)
      where !named.contains(file) {
        try FileManager.default.removeItem(atPath: indexDirectory + "/" + file)
      }
    }
  }
}
