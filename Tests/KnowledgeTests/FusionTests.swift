import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

/// Scores, computed by hand from what each search says.
@Suite struct FusionTests {
  /// Three documents with one passage each, whose vectors are unit vectors along axes 0, 1 and 2.
  private struct Case {
    let knowledge: TestKnowledge
    let passages: [Int64]
    let documents: [Int64]

    init() throws {
      knowledge = try TestKnowledge()
      try knowledge.store.apply(
        SyncBatch(
          source: knowledge.record.id,
          embedder: knowledge.embedder.identity,
          time: 1,
          writes: (0..<3).map { number in
            Crafted.document("\(number)", vectors: [Crafted.axis(number)], summary: nil)
          }
        )
      )
      let stored = try knowledge.passages()
      passages = stored.map(\.id)
      documents = stored.map(\.document.id)
    }

    func hit(_ number: Int, _ score: Double) -> ScoredPassage {
      ScoredPassage(id: passages[number], document: documents[number], score: score)
    }
  }

  @Test func theFormula() throws {
    let example = try Case()
    var store = InterceptedStore(example.knowledge)
    store.onLexicalSearch = { [example.hit(1, 4), example.hit(0, 2)] }
    store.onVectorSearch = { kind in
      switch kind {
      case .passage: [example.hit(0, 0.9), example.hit(2, 0.5)]
      case .summary: [example.hit(0, 0.5), example.hit(1, 0.2)]
      }
    }
    let searcher = Searcher(
      store: store,
      embedder: example.knowledge.embedder,
      settings: SearchSettings(denseWeight: 0.7, summaryWeight: 0.1, candidates: 100)
    )
    var query = [Float](repeating: 0, count: 64)
    (query[1], query[3]) = (0.6, 0.8)
    let hits = try searcher.search("anything", vector: query, limit: 3)

    let scores = Dictionary(uniqueKeysWithValues: hits.map { ($0.passage.document.path, $0) })
    // 0.7 · 0.9 + 0.3 · 2 / 4 + 0.1 · 0.5
    #expect(abs(try #require(scores["0"]).score - 0.83) < 1e-6)
    // Found by words only, so its cosine is computed: 0.7 · 0.6 + 0.3 · 4 / 4 + 0.1 · 0.2
    #expect(abs(try #require(scores["1"]).score - 0.74) < 1e-6)
    #expect(abs(try #require(scores["1"]?.scores.dense) - 0.6) < 1e-6)
    // Its summary was not found, so it counts as the last that was: 0.7 · 0.5 + 0.1 · 0.2
    #expect(abs(try #require(scores["2"]).score - 0.37) < 1e-6)
    #expect(scores["2"]?.scores == SearchHit.Scores(dense: 0.5))
    #expect(hits.map(\.passage.document.path) == ["0", "1", "2"])
  }

  @Test func aWordSearchThatWasCutOffLeavesItsLastScore() throws {
    let example = try Case()
    var store = InterceptedStore(example.knowledge)
    store.onLexicalSearch = { [example.hit(0, 4), example.hit(1, 3)] }
    store.onVectorSearch = { kind in
      kind == .passage ? [example.hit(2, 0.9), example.hit(0, 0.8)] : []
    }
    let searcher = Searcher(
      store: store,
      embedder: example.knowledge.embedder,
      settings: SearchSettings(denseWeight: 0.5, summaryWeight: 0, candidates: 2)
    )
    let hits = try searcher.search("anything", vector: Crafted.axis(5), limit: 2)
    #expect(hits.map(\.passage.document.path) == ["0", "2"])
    // 0.5 · 0.8 + 0.5 · 4 / 4, and 0.5 · 0.9 + 0.5 · 3 / 4 as the third passage had at most 3.
    #expect(zip(hits, [0.9, 0.825]).allSatisfy { abs($0.score - $1) < 1e-6 })
  }

  @Test func oneSearchAloneIsItsOwnScore() throws {
    let example = try Case()
    var store = InterceptedStore(example.knowledge)
    store.onLexicalSearch = { [example.hit(1, 4), example.hit(0, 2)] }
    store.onVectorSearch = { _ in [example.hit(2, 0.5)] }
    let embedder = example.knowledge.embedder
    let lexical = Searcher(
      store: store,
      embedder: embedder,
      settings: SearchSettings(mode: .lexical)
    )
    #expect(try lexical.search("x", limit: 9).map(\.score) == [4, 2])
    let dense = Searcher(
      store: store,
      embedder: embedder,
      settings: SearchSettings(mode: .dense, summaryWeight: 0)
    )
    #expect(try dense.search("x", limit: 9).map(\.score) == [0.5])
  }

  @Test func summariesLeadToADocumentsBestPassages() throws {
    let knowledge = try TestKnowledge()
    let query = Crafted.axis(0)
    // The crowd is nearer than any passage of the document that is about the question as a whole.
    let crowd = (0..<40).map { number in
      Crafted.document(
        "crowd \(number)",
        vectors: [Crafted.mix(0, 1, by: 0.6)],
        summary: Crafted.axis(1)
      )
    }
    let wanted = Crafted.document(
      "wanted",
      vectors: (0..<6).map { Crafted.mix(0, 2, by: 0.1 * Float($0)) },
      summary: query
    )
    try knowledge.store.apply(
      SyncBatch(
        source: knowledge.record.id,
        embedder: knowledge.embedder.identity,
        time: 1,
        writes: crowd + [wanted]
      )
    )
    func search(_ summaryWeight: Double) throws -> [SearchHit] {
      try Searcher(
        store: InterceptedStore(knowledge),
        embedder: knowledge.embedder,
        settings: SearchSettings(mode: .dense, summaryWeight: summaryWeight, candidates: 10)
      ).search("x", vector: query, limit: 10)
    }
    #expect(try search(0).allSatisfy { $0.passage.document.path != "wanted" })
    let hits = try search(1)
    let found = hits.filter { $0.passage.document.path == "wanted" }
    #expect(hits.first?.passage.document.path == "wanted")
    #expect(found.prefix(3).map(\.passage.passage.ordinal) == [5, 4, 3])
    #expect((found.first?.scores.summary ?? 0) > 0.99)

    let others = SearchFilter(paths: ["crowd *"])
    let filtered = try Searcher(
      store: InterceptedStore(knowledge),
      embedder: knowledge.embedder,
      settings: SearchSettings(mode: .dense, summaryWeight: 1, candidates: 10)
    ).search("x", vector: query, filter: others, limit: 50)
    #expect(filtered.count == 40 && filtered.allSatisfy { $0.passage.document.path != "wanted" })
  }
}
