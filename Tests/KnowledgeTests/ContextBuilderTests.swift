import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

@Suite struct ContextBuilderTests {
  /// Documents of ten passages with ten words each, and summaries of three words.
  private let knowledge: TestKnowledge
  private let passages: [StoredPassage]

  init() throws {
    knowledge = try TestKnowledge()
    let writes = ["a", "b", "c"].map { path in
      Crafted.document(
        path,
        vectors: (0..<10).map(Crafted.axis),
        texts: (0..<10).map { "passage \(path) \($0)" + String(repeating: " word", count: 7) },
        summary: Crafted.axis(0)
      )
    }
    let row = Crafted.document(
      "table",
      vectors: [Crafted.axis(0), Crafted.axis(1), Crafted.axis(2)],
      texts: ["row one", "row two", "row three"],
      fields: [Field(column: "x", characters: 0..<3)],
      summary: nil
    )
    try knowledge.store.apply(
      SyncBatch(
        source: knowledge.record.id,
        embedder: knowledge.embedder.identity,
        time: 1,
        writes: writes + [row]
      )
    )
    passages = try knowledge.passages()
  }

  private func hit(_ path: String, _ ordinal: Int, score: Double = 0.5) throws -> SearchHit {
    let passage = try #require(
      passages.first { $0.document.path == path && $0.passage.ordinal == ordinal }
    )
    return SearchHit(passage: passage, score: score, scores: SearchHit.Scores(dense: score))
  }

  private func context(_ hits: [SearchHit], _ settings: ContextSettings) throws -> [ContextPart] {
    let embedder = knowledge.embedder
    return try ContextBuilder(store: InterceptedStore(knowledge), settings: settings) {
      embedder.countTokens($0)
    }.context(for: hits)
  }

  private func names(_ parts: [ContextPart]) -> [String] {
    parts.map { "\($0.role.rawValue) \($0.passage.document.path)\($0.passage.passage.ordinal)" }
  }

  @Test func hitsThenNeighboursThenSummaries() throws {
    let hits = [
      try hit("a", 4, score: 0.9), try hit("b", 0, score: 0.8), try hit("c", 7, score: 0.7),
    ]
    let parts = try context(hits, ContextSettings(passagesWithNeighbours: 2, neighbours: 1))
    #expect(
      names(parts) == [
        "hit a4", "hit b0", "hit c7", "neighbour a3", "neighbour a5", "neighbour b1", "summary a0",
        "summary b0", "summary c0",
      ]
    )
    #expect(parts.map(\.tokens) == [10, 10, 10, 10, 10, 10, 3, 3, 3])
    #expect(parts.map(\.score) == [0.9, 0.8, 0.7, 0.9, 0.9, 0.8, 0.9, 0.8, 0.7])
    #expect(parts[0].scores.dense == 0.9 && parts[3].scores == SearchHit.Scores())
  }

  @Test func nothingTwice() throws {
    let hits = [try hit("a", 4), try hit("a", 5), try hit("a", 3), try hit("a", 4)]
    let parts = try context(hits, ContextSettings(passagesWithNeighbours: 4, neighbours: 2))
    #expect(Set(parts.map(\.passage.id)).count == parts.count)
    #expect(
      names(parts) == [
        "hit a4", "hit a5", "hit a3", "neighbour a2", "neighbour a6", "neighbour a7",
        "neighbour a1",
        "summary a0",
      ]
    )
  }

  @Test(arguments: [0, 1, 2, 3, 9, 10, 13, 29, 30, 35, 60, 1000])
  func theBudgetHolds(tokens: Int) throws {
    let hits = [try hit("a", 4), try hit("b", 0), try hit("table", 1)]
    let parts = try context(hits, ContextSettings(tokens: tokens))
    #expect(parts.reduce(0) { $0 + $1.tokens } <= tokens)
    // What fits still goes in where something longer did not.
    if tokens >= 2, tokens != 10 { #expect(parts.contains { $0.passage.document.path == "table" }) }
    if (3..<10).contains(tokens) { #expect(parts.count <= 3) }
    if tokens >= 25 { #expect(parts.filter { $0.role == .hit }.count == 3) }
  }

  @Test func onlyTheBestGoIn() throws {
    let hits = try (0..<10).map { try hit("a", $0) }
    let settings = ContextSettings(passages: 3, passagesWithNeighbours: 0, neighbours: 1)
    #expect(names(try context(hits, settings)) == ["hit a0", "hit a1", "hit a2", "summary a0"])
  }

  @Test func rowsBringNoNeighbours() throws {
    #expect(names(try context([try hit("table", 1)], ContextSettings())) == ["hit table1"])
  }

  @Test func nothingFoundIsNoContext() throws {
    #expect(try context([], ContextSettings()).isEmpty)
  }
}
