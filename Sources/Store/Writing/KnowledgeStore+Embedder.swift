import GRDB

extension KnowledgeStore {
  /// Gives every passage and summary the vector of another embedder, all at once or not at all.
  ///
  /// - Parameters:
  ///   - embedder: The identity of the other embedder.
  ///   - dimension: The components of its vectors.
  ///   - vectors: The vector of each passage and summary, by its number.
  /// - Throws: ``StoreError`` with code `badValue` where one has no vector or one of another length, as
  ///   when the documents changed meanwhile; nothing is changed then.
  public func replaceVectors(
    by embedder: String,
    dimension: Int,
    _ vectors: [Int64: [Float]]
  ) throws {
    try write { db in
      guard try Meta.embedder.text(db) != nil else { return }
      let update = try db.cachedStatement(sql: "UPDATE embeddings SET vector = ? WHERE passage = ?")
      for id in try Int64.fetchAll(db, sql: "SELECT passage FROM embeddings ORDER BY passage") {
        guard let vector = vectors[id], vector.count == dimension,
          vector.allSatisfy(\.isFinite)
        else {
          throw StoreError(
            .badValue,
            "A passage has no new vector of \(dimension) finite components.",
            subject: "passage \(id)",
            remedy: "Try again; the documents may have changed meanwhile."
          )
        }
        try update.execute(arguments: [VectorBlob.data(vector), id])
      }
      try Meta.embedder.set(embedder, db)
      try Meta.dimension.set(dimension, db)
      try Meta.generation.advance(db)
    }
    try compactIndex(.rebuild)
  }
}
