import Foundation
import GRDB
public import Knowledge
import VectorIndex

extension KnowledgeStore {
  public func documentStates(ofSource id: Int64) throws -> [String: DocumentState] {
    try read { db in
      var states: [String: DocumentState] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT path, id, fingerprint, content_hash FROM documents WHERE source = ?",
        arguments: [id]
      )
      while let row = try rows.next() {
        states[row[0]] = DocumentState(id: row[1], fingerprint: row[2], contentHash: row[3])
      }
      return states
    }
  }

  public func vectorsByTextHash(ofDocument id: Int64) throws -> [String: [Float]] {
    try read { db in
      let dimension = Int(try Meta.dimension.integer(db) ?? 0)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT p.embedded_hash, e.vector FROM passages p JOIN embeddings e ON e.passage = p.id
          WHERE p.document = ?
          """,
        arguments: [id]
      )
      var vectors: [String: [Float]] = [:]
      while let row = try rows.next() {
        vectors[row[0]] = VectorBlob.vector(row[1], dimension: dimension)
      }
      return vectors
    }
  }

  public func apply(_ batch: SyncBatch) throws {
    guard !batch.isEmpty else { return }
    var written: [String] = []
    do {
      try write { db in
        try requireSource(batch.source, db)
        let dimension = try dimension(for: batch, db)
        try faults(.batchBegan)
        var writer = try BatchWriter(db: db, batch: batch, dimension: dimension, path: path)
        try writer.run()
        try faults(.documentsWritten)
        for (kind, vectors) in writer.added {
          let name = try IndexedSegment.newName(db, kind: kind)
          written.append(name)
          let segments = SegmentWriter(
            directory: indexDirectory,
            embedder: batch.embedder,
            dimension: dimension
          )
          let description = try segments.write(name: name, ids: vectors.map(\.id)) {
            vectors[$0].vector
          }
          try IndexedSegment(kind: kind, description: description)
            .insert(db, embedder: batch.embedder)
        }
        if writer.changesIndex { try Meta.generation.advance(db) }
        try faults(.segmentsWritten)
      }
    } catch {
      // Nobody names them. What a crash leaves behind is deleted at the end of the next sync.
      for name in written {
        try? FileManager.default.removeItem(atPath: indexDirectory + "/" + name)
      }
      throw error
    }
    try faults(.batchCommitted)
  }

  /// The dimension of all vectors; the first batch decides it.
  private func dimension(for batch: SyncBatch, _ db: Database) throws -> Int {
    if let dimension = try Meta.dimension.integer(db) {
      try Self.check(embedder: batch.embedder, dimension: nil, db)
      return Int(dimension)
    }
    guard
      let first = batch.writes.lazy.flatMap({ $0.passages + [$0.summary].compactMap(\.self) }).first
    else { return 0 }
    try Meta.embedder.set(batch.embedder, db)
    try Meta.dimension.set(first.vector.count, db)
    return first.vector.count
  }
}
