import Documents

/// Finds the passages that belong to a question: dense search over vectors and BM25 over words, added
/// with weights, with the document's summary as a third voice.
///
/// The fused score is a convex combination with theoretical minima (Bruch, Gai and Ingber, ACM TOIS
/// 2023, arXiv 2210.11934): `w · cosine + (1 − w) · BM25 / best BM25 + v · cosine of the summary`.
/// A passage found by words only gets its exact cosine; one that the word search did not hand on gets
/// the score of that search's last hit, the most it can have had.
///
/// Where there is a reranker it reads the best hits and adds `u · probability` as a fourth voice. No
/// probability is below 0, so the hits that it does not read stay behind.
public struct Searcher: Sendable {
  private let store: any PassageStore
  private let embedder: any TextEmbedder
  private let settings: SearchSettings
  private let reranker: (any PassageReranker)?

  /// Passages searched for, on average, in each document that is found by its summary alone.
  private static let passagesPerSummary = 3
  /// Documents looked at by their summaries.
  private static let summaryCandidates = 30

  public init(
    store: any PassageStore,
    embedder: any TextEmbedder,
    settings: SearchSettings = SearchSettings(),
    reranker: (any PassageReranker)? = nil
  ) {
    self.store = store
    self.embedder = embedder
    self.settings = settings
    self.reranker = settings.mode == .hybrid && settings.rerank > 0 ? reranker : nil
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
    try find(query, vector: vector, filter: filter, limit: limit).hits
  }

  /// The best passages for a question, best first, and how long a reranker read.
  ///
  /// Parameters and errors are those of ``search(_:vector:filter:limit:)``.
  public func find(
    _ query: String,
    vector: [Float]? = nil,
    filter: SearchFilter = SearchFilter(),
    limit: Int
  ) throws -> SearchFindings {
    guard query.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw KnowledgeError(
        .emptyQuery,
        "The question is empty.",
        subject: "question",
        remedy: "Type what you want to know."
      )
    }
    guard limit > 0 else { return SearchFindings(hits: []) }
    let depth = reranker == nil ? limit : max(limit, settings.rerank)
    let fused = try fuse(query, vector: vector, filter: filter, limit: depth)
    let hits = try best(depth, of: fused)
    guard let reranker, !hits.isEmpty else { return SearchFindings(hits: hits) }
    let start = ContinuousClock.now
    let reranked = try rerank(hits, query, by: reranker)
    return SearchFindings(
      hits: Array(reranked.prefix(limit)),
      reranking: ContinuousClock.now - start
    )
  }

  private func rerank(
    _ hits: [SearchHit],
    _ query: String,
    by reranker: any PassageReranker
  ) throws -> [SearchHit] {
    var read = Array(hits.prefix(settings.rerank))
    let probabilities = try reranker.probabilities(
      question: query,
      passages: read.map { $0.passage.passage.embeddingText(title: $0.passage.document.title) }
    )
    for (index, probability) in zip(read.indices, probabilities) {
      read[index].scores.reranker = probability
      read[index].score += reranker.weight * probability
    }
    // Hits of equal score stay in their order.
    let order = read.indices.sorted { (read[$0].score, $1) > (read[$1].score, $0) }
    return order.map { read[$0] } + hits.dropFirst(read.count)
  }

  private typealias Fused = (score: Double, scores: SearchHit.Scores)

  /// The passages of the best scores. A small table is a passage beside its rows: what a better hit holds, or lies
  /// in, is not said twice.
  private func best(_ count: Int, of fused: [Int64: Fused]) throws -> [SearchHit] {
    var ranked = fused.sorted { ($0.value.score, $1.key) > ($1.value.score, $0.key) }[...]
    var hits: [SearchHit] = []
    while hits.count < count, !ranked.isEmpty {
      let next = ranked.prefix(count - hits.count)
      ranked = ranked.dropFirst(next.count)
      for passage in try store.passages(next.map(\.key)) {
        guard let found = fused[passage.id], !hits.contains(where: { $0.passage.overlaps(passage) })
        else { continue }
        hits.append(SearchHit(passage: passage, score: found.score, scores: found.scores))
      }
    }
    return hits
  }

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
