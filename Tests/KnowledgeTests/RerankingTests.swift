import Foundation
import Knowledge
import KnowledgeTestSupport
import Testing

/// What a reranker does to a search.
@Suite struct RerankingTests {
  private let knowledge: TestKnowledge

  init() throws {
    knowledge = try TestKnowledge(
      Dictionary(
        uniqueKeysWithValues: (1...9).map { number in
          // The further down, the fewer words of the question.
          let words = Array(repeating: "harbour", count: 10 - number).joined(separator: " ")
          return ("\(number).md", "\(words) quay\(number) pilot rope tar oil map\n")
        }
      )
    )
    try knowledge.sync()
  }

  private func found(
    _ word: String,
    settings: SearchSettings = SearchSettings(rerank: 6),
    limit: Int = 9
  ) throws -> [SearchHit] {
    try Searcher(
      store: knowledge.store,
      embedder: knowledge.embedder,
      settings: settings,
      reranker: WordReranker(word: word)
    ).search("harbour", limit: limit)
  }

  private func plain(_ settings: SearchSettings = SearchSettings()) throws -> [SearchHit] {
    try Searcher(store: knowledge.store, embedder: knowledge.embedder, settings: settings)
      .search("harbour", limit: 9)
  }

  @Test func whatSurelyAnswersComesFirstAndTheRestKeepsItsOrder() throws {
    let before = try plain()
    let fifth = try #require(before.dropFirst(4).first)
    let word = "quay" + fifth.passage.document.path.prefix(1)
    let after = try found(word)
    #expect(after.first?.passage.id == fifth.passage.id)
    #expect(
      after.dropFirst().map(\.passage.id)
        == before.map(\.passage.id).filter { $0 != fifth.passage.id }
    )
    // Only as many are read as the settings say.
    #expect(after.map { $0.scores.reranker != nil } == (0..<9).map { $0 < 6 })
    #expect(after.first?.scores.reranker == 1)
    #expect(abs(try #require(after.first).score - fifth.score - 1) < 1e-9)
    // What was found without it can still be compared.
    #expect(after.first?.retrievalScore == fifth.score)
    // A short list has what a long one begins with.
    #expect(try found(word, limit: 2) == Array(after.prefix(2)))
  }

  @Test func whatItDoesNotReadStaysWhereItWas() throws {
    let before = try plain()
    let last = try #require(before.last)
    let word = "quay" + last.passage.document.path.prefix(1)
    #expect(try found(word).map(\.passage.id) == before.map(\.passage.id))
  }

  @Test func itReadsInHybridSearchesAloneAndWhereItMay() throws {
    for settings in [
      SearchSettings(mode: .dense), SearchSettings(mode: .lexical), SearchSettings(rerank: 0),
    ] {
      #expect(try found("quay5", settings: settings) == plain(settings))
    }
    let searcher = Searcher(
      store: knowledge.store,
      embedder: knowledge.embedder,
      reranker: WordReranker(word: "rope")
    )
    #expect(try searcher.find("harbour", limit: 3).reranking != nil)
  }

  @Test func settingsOfBeforeThereWereRerankersAreRead() throws {
    let old = Data(
      #"{"mode": "hybrid", "denseWeight": 0.5, "summaryWeight": 0.2, "candidates": 50}"#.utf8
    )
    let settings = try JSONDecoder().decode(SearchSettings.self, from: old)
    #expect(
      settings
        == SearchSettings(denseWeight: 0.5, summaryWeight: 0.2, candidates: 50, rerank: 0)
    )
    let now = SearchSettings(rerank: 12)
    #expect(
      try JSONDecoder().decode(SearchSettings.self, from: JSONEncoder().encode(now)) == now
    )
  }
}
