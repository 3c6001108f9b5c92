import Foundation
import GRDB
public import Knowledge
import VectorIndex

extension KnowledgeStore {
  public func vectorSearch(
    _ vector: [Float],
    kind: StoredPassage.Kind,
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    guard limit > 0 else { return [] }
    do {
      return try search(vector, kind, filter, limit)
    } catch let first as StoreError where first.code == .damaged {
      // A merge by another process may have come between; the next read sees its result.
      do {
        return try search(vector, kind, filter, limit)
      } catch let second as StoreError where second.code == .damaged && writer != nil {
        try compactIndex(.whereWorthwhile)
        return try search(vector, kind, filter, limit)
      }
    }
  }

  private func search(
    _ vector: [Float],
    _ kind: StoredPassage.Kind,
    _ filter: SearchFilter,
    _ limit: Int
  ) throws -> [ScoredPassage] {
    try read { db in
      guard let segments = try index.segments(of: kind, db) else { return [] }
      let allowed = filter.isEmpty ? nil : try identifiers(of: kind, matching: filter, db)
      let candidates: [Int64]
      if let allowed, allowed.count <= max(limit, 64) {
        guard vector.count == segments.dimension, vector.allSatisfy(\.isFinite) else {
          throw StoreError(
            .badValue,
            "The query is no vector of \(segments.dimension) components, each a finite number.",
            subject: "query",
            remedy: "Check the embedding model."
          )
        }
        candidates = allowed
      } else {
        candidates = try segments.search(vector, limit: limit, allowed: allowed).map(\.id)
      }
      return try rescore(vector, candidates, limit: limit, db)
    }
  }

  /// Scores live passages at full precision, best first, equal ones by identifier.
  private func rescore(
    _ query: [Float],
    _ candidates: [Int64],
    limit: Int,
    _ db: Database
  ) throws -> [ScoredPassage] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT p.document, e.vector FROM passages p JOIN embeddings e ON e.passage = p.id
        WHERE p.id = ?
        """
    )
    var hits: [ScoredPassage] = []
    hits.reserveCapacity(candidates.count)
    for id in candidates {
      guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
      guard let score = VectorBlob.product(query, row[1]) else {
        throw StoreError.impossible("a vector of the wrong length", path: path)
      }
      hits.append(ScoredPassage(id: id, document: row[0], score: score))
    }
    hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    return Array(hits.prefix(limit))
  }

  /// The passages that a filter allows, ascending.
  private func identifiers(
    of kind: StoredPassage.Kind,
    matching filter: SearchFilter,
    _ db: Database
  ) throws -> [Int64] {
    let condition = FilterCondition(filter)
    let ids = try Int64.fetchAll(
      db,
      sql: """
        SELECT p.id FROM documents d JOIN sources s ON s.id = d.source
        JOIN passages p ON p.document = d.id AND p.kind = \(kind.rawValue) WHERE \(condition.sql)
        """,
      arguments: condition.arguments
    )
    return ids.sorted()
  }
}
