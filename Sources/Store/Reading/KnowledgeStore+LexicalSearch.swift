import GRDB
public import Knowledge

extension KnowledgeStore {
  public func lexicalSearch(
    terms: [String],
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    guard limit > 0, let match = Self.match(terms) else { return [] }
    let rank = "bm25(\(weights.title), \(weights.headings), \(weights.text))"
    return try read { db in
      let hits: [ScoredPassage]
      if filter.isEmpty {
        hits = try Self.hits(
          db,
          "",
          arguments: [match, rank],
          limit: limit
        )
      } else {
        let condition = FilterCondition(filter)
        hits = try Self.hits(
          db,
          """
          AND p.document IN (
            SELECT d.id FROM documents d JOIN sources s ON s.id = d.source WHERE \(condition.sql))
          """,
          arguments: [match, rank] + condition.arguments,
          limit: limit
        )
      }
      return hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }
  }

  /// In how many passages each term occurs, and how many passages there are.
  ///
  /// Counted as the index sees a term: without case, accents and, where the store stems, endings. A
  /// term of several words counts where they stand one after the other.
  public func documentFrequencies(of terms: [String]) throws -> TermStatistics {
    try read { db in
      let total = try Int.fetchOne(db, sql: "SELECT coalesce(sum(passage_count), 0) FROM sources")
      let tokenizer = try db.makeTokenizer(
        FTS5TokenizerDescriptor(components: analysis.tokenizer)
      )
      let count = try db.cachedStatement(sql: "SELECT doc FROM passage_terms WHERE term = ?")
      let phrase = try db.cachedStatement(
        sql: "SELECT count(*) FROM passage_index WHERE passage_index MATCH ?"
      )
      var frequencies: [String: Int] = [:]
      for term in Set(terms) {
        let tokens = try tokenizer.tokenize(query: DatabaseTerm.plain(term)).map(\.token)
        switch tokens.count {
        case 0: frequencies[term] = 0
        case 1: frequencies[term] = try Int.fetchOne(count, arguments: [tokens[0]]) ?? 0
        default:
          frequencies[term] =
            try Int.fetchOne(phrase, arguments: [DatabaseTerm.quoted(term)]) ?? 0
        }
      }
      return TermStatistics(passageCount: total ?? 0, frequencies: frequencies)
    }
  }

  private static func hits(
    _ db: Database,
    _ condition: String,
    arguments: StatementArguments,
    limit: Int
  ) throws -> [ScoredPassage] {
    // CROSS JOIN keeps the order: FTS5 ranks, and rows are looked up only for what it ranks first.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT f.rowid, p.document, f.rank
        FROM passage_index f CROSS JOIN passages p ON p.id = f.rowid
        WHERE f.passage_index MATCH ? AND f.rank MATCH ? \(condition)
        ORDER BY f.rank LIMIT ?
        """,
      arguments: arguments + [limit]
    )
    return rows.map { ScoredPassage(id: $0[0], document: $0[1], score: -($0[2] as Double)) }
  }

  /// Words as an FTS5 query in which any may match; nil where there are none.
  private static func match(_ terms: [String]) -> String? {
    let quoted = terms.filter { !$0.isEmpty }.map(DatabaseTerm.quoted)
    return quoted.isEmpty ? nil : quoted.joined(separator: " OR ")
  }
}
