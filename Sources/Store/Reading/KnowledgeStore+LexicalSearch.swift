import GRDB
public import Knowledge

extension KnowledgeStore {
  /// BM25 over titles, headings and text of passages, best first; any term may match.
  ///
  /// FTS5 gives a word that stands in more than half of the passages a weight of nearly nothing, but
  /// visits every one of them. Such words take part only where the others do not find `limit`
  /// passages.
  public func lexicalSearch(
    terms: [String],
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    let terms = terms.filter { !$0.isEmpty }
    guard limit > 0, !terms.isEmpty else { return [] }
    return try read { db in
      let counter = try TermCounter(db, analysis: analysis)
      let rare = try terms.filter { try counter.count($0) * 2 <= counter.passageCount }
      if !rare.isEmpty, rare.count < terms.count {
        let hits = try hits(db, rare, filter, limit)
        if hits.count == limit { return hits }
      }
      return try hits(db, terms, filter, limit)
    }
  }

  public func documentFrequencies(of terms: [String]) throws -> TermStatistics {
    try read { db in
      let counter = try TermCounter(db, analysis: analysis)
      var frequencies: [String: Int] = [:]
      for term in Set(terms) { frequencies[term] = try counter.count(term) }
      return TermStatistics(passageCount: counter.passageCount, frequencies: frequencies)
    }
  }

  private func hits(
    _ db: Database,
    _ terms: [String],
    _ filter: SearchFilter,
    _ limit: Int
  ) throws -> [ScoredPassage] {
    var arguments: StatementArguments = [
      terms.map(DatabaseTerm.quoted).joined(separator: " OR "),
      "bm25(\(weights.title), \(weights.headings), \(weights.text))",
    ]
    var restriction = ""
    if !filter.isEmpty {
      let condition = FilterCondition(filter)
      restriction = """
        AND p.document IN (
          SELECT d.id FROM documents d JOIN sources s ON s.id = d.source WHERE \(condition.sql))
        """
      arguments += condition.arguments
    }
    // CROSS JOIN keeps the order: FTS5 ranks, and rows are looked up only for what it ranks first.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT f.rowid, p.document, f.rank
        FROM passage_index f CROSS JOIN passages p ON p.id = f.rowid
        WHERE f.passage_index MATCH ? AND f.rank MATCH ? \(restriction)
        ORDER BY f.rank LIMIT ?
        """,
      arguments: arguments + [limit]
    )
    let hits = rows.map { row in
      ScoredPassage(id: row[0], document: row[1], score: -(row[2] as Double))
    }
    return hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
  }
}
