import Documents

/// Finds the passages that belong to a question: dense search over vectors and BM25 over words, added
/// with weights, with the document's summary as a third voice.
///
/// The fused score is a convex combination with theoretical minima (Bruch, Gai and Ingber, ACM TOIS
/// 2023, arXiv 2210.11934): `w · cosine + (1 − w) · BM25 / best BM25 + v · cosine of the summary`.
/// A passage found by words only gets its exact cosine; one that the word search did not hand on gets
/// the score of that search's last hit, the most it can have had.
public struct Searcher: Sendable {
  private let store: any PassageStore
  private let embedder: any TextEmbedder
  private let settings: SearchSettings

  /// Passages searched for, on average, in each document that is found by its summary alone.
  private static let passagesPerSummary = 3
  /// Documents looked at by their summaries.
  private static let summaryCandidates = 30

  public init(
    store: any PassageStore,
    embedder: any TextEmbedder,
    settings: SearchSettings = SearchSettings()
  ) {
    self.store = store
    self.embedder = embedder
    self.settings = settings
  }

  /// The unit-length vector of a question.
  public func vector(of query: String) throws -> [Float] {
    try embedder.embed([EmbeddingInput(text: query)]).first?.vector ?? []
  }

  /// The best passages for a question, best first.
  ///
  /// - Parameters:
  ///   - query: Any text.
  ///   - vector: The question's vector, where it is at hand.
  ///   - filter: Which documents may be found; filtered searches keep full recall.
  ///   - limit: How many hits are wanted.
  /// - Returns: At most `limit` hits; fewer where fewer were found.
  /// - Throws: ``KnowledgeError`` with code `emptyQuery` when the question holds no text.
  public func search(
    _ query: String,
    vector: [Float]? = nil,
    filter: SearchFilter = SearchFilter(),
    limit: Int
  ) throws -> [SearchHit] {
    guard query.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw KnowledgeError(
        .emptyQuery,
        "The question is empty.",
        subject: "question",
        remedy: "Type what you want to know."
      )
    }
    guard limit > 0 else { return [] }
    let fused = try fuse(query, vector: vector, filter: filter, limit: limit)
    let best = fused.sorted { ($0.value.score, $1.key) > ($1.value.score, $0.key) }.prefix(limit)
    let passages = try store.passages(best.map(\.key))
    return passages.compactMap { passage in
      fused[passage.id].map { SearchHit(passage: passage, score: $0.score, scores: $0.scores) }
    }
  }

  private typealias Fused = (score: Double, scores: SearchHit.Scores)

  private func fuse(
    _ query: String,
    vector: [Float]?,
    filter: SearchFilter,
    limit: Int
  ) throws -> [Int64: Fused] {
    let depth = max(settings.candidates, limit)
    var candidates = Candidates()
    if settings.mode != .dense {
      candidates.addLexical(
        try store.lexicalSearch(terms: QueryTerms.terms(of: query), filter: filter, limit: depth),
        limit: depth
      )
    }
    guard settings.mode != .lexical else {
      return candidates.documents.reduce(into: [:]) { result, entry in
        let lexical = candidates.lexical[entry.key]
        result[entry.key] = (lexical ?? 0, SearchHit.Scores(lexical: lexical))
      }
    }
    let vector = try vector ?? self.vector(of: query)
    candidates.addDense(
      try store.vectorSearch(vector, kind: .passage, filter: filter, limit: depth)
    )
    if settings.summaryWeight > 0 {
      try addSummaries(to: &candidates, vector: vector, filter: filter)
    }
    let unscored = candidates.documents.keys.filter { candidates.dense[$0] == nil }
    for (id, passageVector) in try store.vectors(unscored) {
      candidates.dense[id] = Double(cosine(vector, passageVector))
    }
    return candidates.fused(by: settings)
  }

  private func addSummaries(
    to candidates: inout Candidates,
    vector: [Float],
    filter: SearchFilter
  ) throws {
    let hits = try store.vectorSearch(
      vector,
      kind: .summary,
      filter: filter,
      limit: Self.summaryCandidates
    )
    candidates.addSummaries(hits)
    let found = Set(candidates.documents.values)
    let unfound = hits.map(\.document).filter { !found.contains($0) }
    guard !unfound.isEmpty else { return }
    var narrowed = filter
    narrowed.documents =
      filter.documents.isEmpty
      ? unfound : unfound.filter(Set(filter.documents).contains)
    candidates.addDense(
      try store.vectorSearch(
        vector,
        kind: .passage,
        filter: narrowed,
        limit: Self.passagesPerSummary * unfound.count
      )
    )
  }
}
