import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

@Suite struct SearcherTests {
  private static let notes = [
    "ferret.md": "# Ferrets\n\nThe ferret sleeps for fourteen hours each day.\n",
    "badger.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    "otter.txt": "The otter swims in the river and eats fish.\n",
    "people.csv": "id,name,city\n1,Ada,Bergen\n2,Bob,Oslo\n",
  ]

  private func knowledge(_ files: [String: String] = notes) throws -> TestKnowledge {
    let knowledge = try TestKnowledge(files)
    try knowledge.sync()
    return knowledge
  }

  private func searcher(
    _ knowledge: TestKnowledge,
    _ settings: SearchSettings = SearchSettings()
  ) -> Searcher {
    Searcher(store: InterceptedStore(knowledge), embedder: knowledge.embedder, settings: settings)
  }

  @Test(arguments: SearchSettings.Mode.allCases)
  func everyModeFindsTheDocument(mode: SearchSettings.Mode) throws {
    let knowledge = try knowledge()
    let searcher = searcher(knowledge, SearchSettings(mode: mode))
    for (query, path) in [
      ("how long does the ferret sleep", "ferret.md"), ("badger den", "badger.md"),
      ("fish in the river", "otter.txt"), ("who lives in Oslo", "people.csv"),
    ] {
      let hits = try searcher.search(query, limit: 3)
      #expect(hits.first?.passage.document.path == path, "\(mode): \(query)")
      #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
      #expect(hits.allSatisfy { $0.passage.kind == .passage })
      #expect(hits.allSatisfy { ($0.scores.dense == nil) == (mode == .lexical) })
    }
  }

  @Test func aRareWordOnlyTheWordSearchKnows() throws {
    let knowledge = try knowledge()
    // No shared word, no hit; the dense search always finds something.
    #expect(
      try searcher(knowledge, SearchSettings(mode: .lexical)).search("zeppelin", limit: 5).isEmpty
    )
    #expect(
      try searcher(knowledge, SearchSettings(mode: .dense)).search("zeppelin", limit: 5).count == 5
    )
  }

  @Test func aTableAndItsRowsAreNotFoundAtOnce() throws {
    let knowledge = try knowledge([
      "ports.md": "# Ports\n\n| port | depth |\n|---|---|\n| Lorneby | 7 |\n| Fennwick | 9 |\n",
      "otter.txt": "The otter swims in the river and eats fish.\n",
    ])
    for query in ["depth of Lorneby", "depth of the ports Lorneby and Fennwick"] {
      let hits = try searcher(knowledge).search(query, limit: 10).map(\.passage.passage)
      let tables = hits.filter(\.isTable).count
      let rows = hits.filter { !$0.fields.isEmpty && !$0.isTable }.count
      #expect((tables, rows) == (1, 0) || (tables, rows) == (0, 2), "\(query)")
    }
  }

  @Test func emptyQuestions() throws {
    let searcher = searcher(try knowledge())
    for query in ["", " ", "\t\n\u{A0}\u{3000}"] {
      let error = #expect(throws: KnowledgeError.self) { try searcher.search(query, limit: 5) }
      #expect(error?.code == .emptyQuery)
    }
  }

  @Test(arguments: [0, -1, 1, 2, 1000])
  func limits(limit: Int) throws {
    let knowledge = try knowledge()
    let hits = try searcher(knowledge).search("the ferret and the badger", limit: limit)
    #expect(hits.count == min(max(limit, 0), 5))
  }

  @Test func anEmptyStoreFindsNothing() throws {
    let knowledge = try TestKnowledge()
    #expect(try searcher(knowledge).search("ferret", limit: 5).isEmpty)
  }

  @Test(arguments: [
    "ferret AND", "\"ferret", "ferret\"", "ferret*", "NEAR(ferret badger, 2)", "text:ferret",
    "^ferret",
    "ferret OR NOT -", "(ferret", "ferret);DROP TABLE passages;--", "{title text} : ferret",
    "ferret\u{0}x",
    "ferret 🦊", "ferret %_'`\\", "+ferret -badger",
  ])
  func operatorsAreWords(query: String) throws {
    for mode in SearchSettings.Mode.allCases {
      let hits = try searcher(try knowledge(), SearchSettings(mode: mode)).search(query, limit: 5)
      #expect(hits.contains { $0.passage.document.path == "ferret.md" }, "\(mode)")
    }
  }

  @Test func questionsWithoutWords() throws {
    let knowledge = try knowledge()
    for query in ["🦊", "?!", "\u{0}", "what is the", "\u{301}", "\u{FFFD}\u{200D}"] {
      #expect(try searcher(knowledge).search(query, limit: 5).count <= 5)
      #expect(
        try searcher(knowledge, SearchSettings(mode: .lexical)).search(query, limit: 5).count <= 5
      )
    }
  }

  @Test func veryLongQuestions() throws {
    let knowledge = try knowledge()
    let words = (0..<20_000).map { "word\($0)" }.joined(separator: " ")
    let hits = try searcher(knowledge).search("ferret sleeps " + words, limit: 5)
    #expect(hits.contains { $0.passage.document.path == "ferret.md" })
    let one = String(repeating: "a", count: 1_000_000)
    #expect(try searcher(knowledge).search(one, limit: 5).count == 5)
  }

  @Test func theSameQuestionTheSameHits() throws {
    // Equal passages, so that order is decided by identifiers.
    let knowledge = try TestKnowledge()
    try knowledge.store.apply(
      SyncBatch(
        source: knowledge.record.id,
        embedder: knowledge.embedder.identity,
        time: 1,
        writes: (0..<60).map {
          Crafted.document(
            "\($0)",
            vectors: [Crafted.axis(0)],
            texts: ["The ferret sleeps."],
            summary: nil
          )
        }
      )
    )
    for mode in SearchSettings.Mode.allCases {
      let searcher = searcher(knowledge, SearchSettings(mode: mode))
      let hits = try searcher.search("ferret", limit: 20)
      #expect(hits.count == 20 && hits.map(\.passage.id) == hits.map(\.passage.id).sorted())
      for _ in 0..<3 { #expect(try searcher.search("ferret", limit: 20) == hits) }
      // A shorter list is the beginning of a longer one.
      #expect(try searcher.search("ferret", limit: 7) == Array(hits.prefix(7)))
    }
  }

  @Test(arguments: SearchSettings.Mode.allCases)
  func filtersKeepFullRecall(mode: SearchSettings.Mode) throws {
    var files: [String: String] = [:]
    for number in 0..<400 { files["many/\(number).txt"] = "The ferret sleeps and the ferret eats." }
    for number in 0..<5 {
      files["few/\(number).md"] =
        "# Note \(number)\n\nOne ferret, among other animals and things.\n"
    }
    let knowledge = try knowledge(files)
    let searcher = searcher(knowledge, SearchSettings(mode: mode, candidates: 10))
    let expected = Set((0..<5).map { "few/\($0).md" })
    for filter in [SearchFilter(paths: ["few/*"]), SearchFilter(mediaTypes: ["text/markdown"])] {
      let hits = try searcher.search("ferret", filter: filter, limit: 10)
      #expect(Set(hits.map(\.passage.document.path)) == expected && hits.count == 5)
    }
    #expect(
      try searcher.search("ferret", filter: SearchFilter(sources: ["none"]), limit: 10).isEmpty
    )
  }
}
