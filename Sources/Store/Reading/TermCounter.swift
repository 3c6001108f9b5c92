import GRDB

/// Counts in how many passages a term occurs, as the lexical index sees it: without case, accents
/// and, where the store stems, endings.
struct TermCounter {
  private let tokenizer: any FTS5Tokenizer
  private let single: Statement
  private let phrase: Statement
  /// All passages, summaries not counted.
  let passageCount: Int

  init(_ db: Database, analysis: LexicalAnalysis) throws {
    tokenizer = try db.makeTokenizer(FTS5TokenizerDescriptor(components: analysis.tokenizer))
    single = try db.cachedStatement(sql: "SELECT doc FROM passage_terms WHERE term = ?")
    phrase = try db.cachedStatement(
      sql: "SELECT count(*) FROM passage_index WHERE passage_index MATCH ?"
    )
    passageCount =
      try Int.fetchOne(db, sql: "SELECT coalesce(sum(passage_count), 0) FROM sources") ?? 0
  }

  /// A term of several words counts where they stand one after the other.
  func count(_ term: String) throws -> Int {
    let tokens = try tokenizer.tokenize(query: DatabaseTerm.plain(term)).map(\.token)
    switch tokens.count {
    case 0: return 0
    case 1: return try Int.fetchOne(single, arguments: [tokens[0]]) ?? 0
    default: return try Int.fetchOne(phrase, arguments: [DatabaseTerm.quoted(term)]) ?? 0
    }
  }
}
