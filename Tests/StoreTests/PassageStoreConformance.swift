import Documents
import Knowledge
import TestSupport
import Testing

/// What every `PassageStore` must do, whatever it keeps its data in. Each check is handed a new, empty
/// store.
enum PassageStoreConformance {
  static let checks: [(name: String, body: @Sendable (any PassageStore) throws -> Void)] = [
    ("sources", sources), ("round trip", roundTrip), ("change", change), ("removal", removal),
    ("touch", touch), ("batches are atomic", atomicity), ("identifiers", identifiers),
    ("filters", filters), ("lexical search", lexical), ("vector search", vectors),
    ("frequencies", frequencies), ("runs and failures", runs),
  ]

  static func sources(_ store: any PassageStore) throws {
    #expect(try store.sources().isEmpty)
    let first = try store.addSource(name: "docs", kind: .folder, location: "/data/docs")
    let second = try store.addSource(name: "base", kind: .sqlite, location: "/data/base.sqlite")
    #expect(try store.sources() == [first, second])
    #expect(throws: KnowledgeError.self) {
      try store.addSource(name: "docs", kind: .folder, location: "/elsewhere")
    }
    #expect(throws: KnowledgeError.self) {
      try store.addSource(name: "other", kind: .folder, location: "/data/docs")
    }
    try store.removeSource(first.id)
    #expect(try store.sources() == [second])
    #expect(throws: KnowledgeError.self) { try store.removeSource(first.id) }
    let third = try store.addSource(name: "docs", kind: .folder, location: "/data/docs")
    #expect(third.id != first.id)
  }

  static func roundTrip(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let table = TableDescription(
      name: "orders",
      columns: ["id", "freight"],
      primaryKey: ["id"],
      references: ["id": "customers"],
      rowCount: 2
    )
    var write = Sample.document(
      "a/b \u{1F4C4}.md",
      title: "Rückgabe",
      texts: ["Erste Zeile\u{0}mit Null", "zweite 一二三"],
      headings: ["Top \"quoted\"", "Sub"],
      summary: "kurz",
      modified: 12.5,
      metadata: ["owner": "Ida"],
      table: table
    )
    write.passages[1].passage.location.origin = .row(table: "orders", key: "1,2")
    write.passages[1].passage.fields = [Field(column: "freight", characters: 3..<5)]
    write.summary?.passage.location.origin = .pointer("/a/0")
    try store.apply(Sample.batch(source, [write]))

    let document = try #require(try store.documents(matching: SearchFilter()).first)
    #expect(document.source == "docs" && document.path == write.path)
    #expect(document.title == write.title && document.mediaType == write.mediaType)
    #expect(document.contentHash == write.contentHash && document.textHash == write.textHash)
    #expect(document.modified == 12.5 && document.syncedAt == 1000 && document.changeCount == 0)
    #expect(document.metadata == write.metadata && document.table == table)
    #expect(try store.tables(matching: SearchFilter()) == [document])
    let stored = try store.passages(ofDocument: document.id, ordinals: 0..<9)
    #expect(stored.map(\.passage) == write.passages.map(\.passage))
    #expect(stored.allSatisfy { $0.document == document && $0.kind == .passage })
    #expect(
      try store.passages(ofDocument: document.id, ordinals: 1..<2).map(\.id) == [stored[1].id]
    )
    let summary = try #require(try store.summary(ofDocument: document.id))
    #expect(summary.kind == .summary && summary.passage == write.summary?.passage)
    #expect(
      try store.passages([stored[1].id, 999, stored[0].id]).map(\.id)
        == [stored[1].id, stored[0].id]
    )
    let vectors = try store.vectors([stored[0].id, summary.id, 999])
    #expect(vectors == [stored[0].id: write.passages[0].vector, summary.id: write.summary?.vector])
    let byHash = try store.vectorsByTextHash(ofDocument: document.id)
    #expect(byHash.count == 3)
    #expect(byHash[write.passages[1].embeddedHash] == write.passages[1].vector)
    let state = try store.documentStates(ofSource: source)[write.path]
    #expect(
      state
        == DocumentState(
          id: document.id,
          fingerprint: write.fingerprint,
          contentHash: write.contentHash
        )
    )
    #expect(
      try store.counts()[source]
        == StoreCounts(documents: 1, passages: 2, changes: 0, lastSync: nil)
    )
  }

  static func change(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    try store.apply(
      Sample.batch(source, [Sample.document("a.md", texts: ["old ferret", "kept"], summary: "s")])
    )
    let before = try #require(try store.documents(matching: SearchFilter()).first)
    try store.apply(
      Sample.batch(source, time: 1500, [Sample.document("a.md", texts: ["new badger"], seed: 2)])
    )
    let after = try store.documents(matching: SearchFilter())
    #expect(after.map(\.id) == [before.id])
    #expect(after.first?.changeCount == 1 && after.first?.syncedAt == 1500)
    #expect(try store.lexicalSearch(terms: ["ferret"], filter: SearchFilter(), limit: 5).isEmpty)
    #expect(
      try store.lexicalSearch(terms: ["badger"], filter: SearchFilter(), limit: 5).count == 1
    )
    #expect(try store.summary(ofDocument: before.id) == nil)
    #expect(try store.counts()[source]?.passages == 1)
    // The same content read again, such as after a change of the chunker, is no change.
    try store.apply(Sample.batch(source, [Sample.document("a.md", texts: ["new badger"])]))
    #expect(try store.documents(matching: SearchFilter()).first?.changeCount == 1)
    #expect(try store.counts()[source]?.changes == 1)
  }

  static func removal(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let other = try store.addSource(name: "more", kind: .folder, location: "/more").id
    let removed = Sample.document("a.md", texts: ["ferret"], summary: "f", seed: 3)
    try store.apply(
      Sample.batch(source, [removed, Sample.document("b.md", texts: ["badger"], seed: 4)])
    )
    try store.apply(Sample.batch(other, [Sample.document("c.md", texts: ["otter"], seed: 5)]))
    let document = try #require(
      try store.documents(matching: SearchFilter(paths: ["a.md"])).first
    )
    let passages = try store.passages(ofDocument: document.id, ordinals: 0..<9).map(\.id)
    // A document of another source is not touched.
    try store.apply(Sample.batch(other, [], removed: [document.id]))
    #expect(try store.documents(matching: SearchFilter()).count == 3)
    try store.apply(Sample.batch(source, [], removed: [document.id]))
    #expect(try store.documents(matching: SearchFilter()).map(\.path) == ["b.md", "c.md"])
    #expect(try store.passages(passages).isEmpty)
    #expect(try store.vectors(passages).isEmpty)
    #expect(try store.lexicalSearch(terms: ["ferret"], filter: SearchFilter(), limit: 5).isEmpty)
    let hits = try store.vectorSearch(
      removed.passages[0].vector,
      kind: .passage,
      filter: SearchFilter(),
      limit: 5
    )
    #expect(hits.count == 2 && hits.allSatisfy { $0.document != document.id })
    try store.finishSync(Sample.run(source, removed: 1))
    try store.removeSource(source)
    #expect(try store.documents(matching: SearchFilter()).map(\.path) == ["c.md"])
    #expect(
      try store.vectorSearch(
        removed.passages[0].vector,
        kind: .passage,
        filter: SearchFilter(),
        limit: 5
      ).count == 1
    )
    #expect(try store.counts().keys.sorted() == [other])
  }

  static func touch(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    try store.apply(Sample.batch(source, [Sample.document("a.md", texts: ["one"])]))
    let before = try store.documents(matching: SearchFilter())
    let touch = SyncBatch.Touch(fingerprint: "newer", modified: 5000)
    try store.apply(Sample.batch(source, [], touched: ["a.md": touch]))
    #expect(try store.documentStates(ofSource: source)["a.md"]?.fingerprint == "newer")
    var expected = before
    expected[0].modified = 5000
    #expect(try store.documents(matching: SearchFilter()) == expected)
  }

  static func atomicity(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    try store.apply(Sample.batch(source, [Sample.document("a.md", texts: ["ferret"])]))
    let before = try store.documents(matching: SearchFilter())
    var bad = Sample.document("z.md", texts: ["broken"])
    bad.passages[0].vector = [1, 2]
    #expect(throws: (any Error).self) {
      try store.apply(
        Sample.batch(
          source,
          [Sample.document("b.md", texts: ["badger"]), bad],
          touched: ["a.md": SyncBatch.Touch(fingerprint: "new", modified: 1)],
          removed: before.map(\.id)
        )
      )
    }
    var infinite = Sample.document("z.md", texts: ["broken"])
    infinite.passages[0].vector[3] = .nan
    #expect(throws: (any Error).self) { try store.apply(Sample.batch(source, [infinite])) }
    #expect(try store.documents(matching: SearchFilter()) == before)
    #expect(try store.documentStates(ofSource: source)["a.md"]?.fingerprint != "new")
    #expect(throws: KnowledgeError.self) {
      try store.apply(Sample.batch(99, [Sample.document("b.md", texts: ["badger"])]))
    }
    var foreign = Sample.batch(source, [Sample.document("b.md", texts: ["badger"])])
    foreign.embedder = "another"
    #expect(throws: KnowledgeError.self) { try store.apply(foreign) }
  }

  static func identifiers(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    var seenDocuments: Set<Int64> = []
    var seenPassages: Set<Int64> = []
    for round in 0..<4 {
      try store.apply(
        Sample.batch(source, [Sample.document("a.md", texts: ["one", "two"], hash: "\(round)")])
      )
      let document = try #require(try store.documents(matching: SearchFilter()).first)
      #expect(seenDocuments.insert(document.id).inserted)
      for passage in try store.passages(ofDocument: document.id, ordinals: 0..<9) {
        #expect(seenPassages.insert(passage.id).inserted)
      }
      try store.apply(Sample.batch(source, [], removed: [document.id]))
    }
  }

  static func filters(_ store: any PassageStore) throws {
    let docs = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let mail = try store.addSource(name: "mail", kind: .folder, location: "/mail").id
    try store.apply(
      Sample.batch(
        docs,
        [
          Sample.document(
            "hr/leave.md",
            texts: ["word one"],
            modified: 100,
            metadata: ["owner": "Ida", "n": "1"]
          ),
          Sample.document(
            "hr/pay.html",
            texts: ["word two"],
            mediaType: "text/html",
            modified: 200,
            metadata: ["owner": "Bo"],
            seed: 2
          ),
          Sample.document(
            "it/[vpn].csv",
            texts: ["word three"],
            mediaType: "application/csv",
            seed: 3
          ),
        ]
      )
    )
    try store.apply(
      Sample.batch(mail, [Sample.document("hr/x.md", texts: ["word four"], modified: 300, seed: 4)])
    )
    func paths(_ filter: SearchFilter) throws -> [String] {
      let documents = try store.documents(matching: filter)
      let ids = Set(documents.map(\.id))
      let lexical = try store.lexicalSearch(terms: ["word"], filter: filter, limit: 10)
      #expect(Set(lexical.map(\.document)) == ids)
      var generator = SplitMix64(seed: 9)
      let dense = try store.vectorSearch(
        generator.unitVector(Sample.dimension),
        kind: .passage,
        filter: filter,
        limit: 10
      )
      #expect(Set(dense.map(\.document)) == ids)
      return documents.map { $0.source + ":" + $0.path }
    }
    let all = ["docs:hr/leave.md", "docs:hr/pay.html", "docs:it/[vpn].csv", "mail:hr/x.md"]
    #expect(try paths(SearchFilter()) == all)
    #expect(try paths(SearchFilter(sources: ["mail"])) == [all[3]])
    #expect(try paths(SearchFilter(sources: ["mail", "docs"])) == all)
    #expect(try paths(SearchFilter(sources: ["mai'l\" OR 1"])) == [])
    #expect(try paths(SearchFilter(paths: ["hr/*"])) == [all[0], all[1], all[3]])
    #expect(
      try paths(SearchFilter(sources: ["docs"], paths: ["hr/*.md", "it/*"])) == [all[0], all[2]]
    )
    #expect(try paths(SearchFilter(paths: ["it/[[]vpn].csv"])) == [all[2]])
    #expect(try paths(SearchFilter(mediaTypes: ["text"])) == [all[0], all[1], all[3]])
    #expect(try paths(SearchFilter(mediaTypes: ["text/html", "application"])) == [all[1], all[2]])
    #expect(try paths(SearchFilter(mediaTypes: ["tex"])) == [])
    #expect(try paths(SearchFilter(modifiedAfter: 150)) == [all[1], all[3]])
    #expect(try paths(SearchFilter(modifiedBefore: 150)) == [all[0]])
    #expect(try paths(SearchFilter(modifiedAfter: 150, modifiedBefore: 250)) == [all[1]])
    #expect(try paths(SearchFilter(metadata: ["owner": "Ida"])) == [all[0]])
    #expect(try paths(SearchFilter(metadata: ["owner": "Ida", "n": "2"])) == [])
    let ids = try store.documents(matching: SearchFilter()).map(\.id)
    #expect(try paths(SearchFilter(documents: [ids[0], ids[2]])) == [all[0], all[2]])
  }

  static func lexical(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let filler = (0..<20).map {
      Sample.document("f\($0).md", texts: ["filler text"], seed: $0 + 10)
    }
    try store.apply(
      Sample.batch(
        source,
        filler + [
          Sample.document("a.md", title: "Zebra", texts: ["about nothing"]),
          Sample.document("b.md", texts: ["a zebra and many other words, too many to count"]),
          Sample.document("c.md", texts: ["zebra zebra quagga"], headings: ["Horses"]),
          Sample.document(
            "d.md",
            texts: ["Überfällige OR \"NEAR\" crème* brûlée"],
            summary: "zebra"
          ),
        ]
      )
    )
    func search(_ terms: [String], _ limit: Int = 10) throws -> [String] {
      let hits = try store.lexicalSearch(terms: terms, filter: SearchFilter(), limit: limit)
      #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
      return try store.passages(hits.map(\.id)).map(\.document.path)
    }
    #expect(try search(["zebra", "quagga"]).first == "c.md")
    #expect(Set(try search(["zebra"])) == ["a.md", "b.md", "c.md"])
    #expect(try search(["horses"]) == ["c.md"])
    #expect(try search(["zebra"], 2).count == 2)
    #expect(try search(["nowhere"]) == [])
    #expect(try search([]) == [] && search(["zebra"], 0) == [])
    #expect(try search(["creme"]) == ["d.md"] && search(["UBERFALLIGE"]) == ["d.md"])
    // Nothing in a word is an operator.
    for term in ["*", "\"", "zeb*", "(", "text:zebra", "NEAR(", "-", "", "^", "a\u{0}b", "{x}:"] {
      _ = try search([term])
    }
    #expect(try search(["NEAR"]) == ["d.md"])
    #expect(try search(["\"zebra\" \"quagga\""]) == ["c.md"])
  }

  static func vectors(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let query = [Float](repeating: 0.25, count: Sample.dimension)
    #expect(
      try store.vectorSearch(query, kind: .passage, filter: SearchFilter(), limit: 3).isEmpty
    )
    let writes = (0..<30).map { index in
      Sample.document(
        "\(index).md",
        texts: ["one", "two"],
        summary: "three",
        seed: UInt64(index) + 100
      )
    }
    try store.apply(Sample.batch(source, Array(writes[..<20])))
    try store.apply(Sample.batch(source, Array(writes[20...])))
    for kind in [StoredPassage.Kind.passage, .summary] {
      let vectors = writes.flatMap { write in
        kind == .passage ? write.passages.map(\.vector) : [write.summary?.vector ?? []]
      }
      let expected = vectors.map { zip($0, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
        .sorted(by: >)
      let hits = try store.vectorSearch(query, kind: kind, filter: SearchFilter(), limit: 7)
      #expect(hits.map(\.score) == Array(expected.prefix(7)))
      #expect(try store.passages(hits.map(\.id)).allSatisfy { $0.kind == kind })
    }
    #expect(
      try store.vectorSearch(query, kind: .passage, filter: SearchFilter(), limit: 0).isEmpty
    )
    #expect(throws: (any Error).self) {
      try store.vectorSearch([1], kind: .passage, filter: SearchFilter(), limit: 3)
    }
    #expect(throws: (any Error).self) {
      try store.vectorSearch(
        [Float](repeating: .nan, count: Sample.dimension),
        kind: .passage,
        filter: SearchFilter(),
        limit: 3
      )
    }
  }

  static func frequencies(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    #expect(
      try store.documentFrequencies(of: ["zebra"])
        == TermStatistics(passageCount: 0, frequencies: ["zebra": 0])
    )
    try store.apply(
      Sample.batch(
        source,
        [
          Sample.document("a.md", texts: ["zebra zebra", "one zebra"], summary: "zebra"),
          Sample.document("b.md", texts: ["nothing", "Crème de la crème"], seed: 2),
        ]
      )
    )
    let statistics = try store.documentFrequencies(
      of: ["zebra", "Zebra", "creme", "none", "", "*", "la crème"])
    #expect(statistics.passageCount == 4)
    #expect(
      statistics.frequencies
        == ["zebra": 2, "Zebra": 2, "creme": 1, "none": 0, "": 0, "*": 0, "la crème": 1]
    )
    let gone = try store.documents(matching: SearchFilter(paths: ["a.md"])).map(\.id)
    try store.apply(Sample.batch(source, [], removed: gone))
    #expect(
      try store.documentFrequencies(of: ["zebra"])
        == TermStatistics(passageCount: 2, frequencies: ["zebra": 0])
    )
  }

  static func runs(_ store: any PassageStore) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs").id
    let failure = SyncFailure(
      source: "docs",
      isSkip: false,
      error: DocumentError(.corrupt, "Broken.", subject: "a.db", cause: "x", remedy: "Mend it.")
    )
    let skip = SyncFailure(
      source: "docs",
      isSkip: true,
      error: DocumentError(.unsupportedFormat, "No reader.", subject: "b.pdf", remedy: "Wait.")
    )
    try store.finishSync(Sample.run(source, failures: [failure, skip]))
    #expect(try store.failures() == [failure, skip])
    #expect(try store.counts()[source]?.lastSync == 2000)
    try store.finishSync(Sample.run(source, failures: [skip], at: 3000))
    #expect(try store.failures() == [skip])
    #expect(try store.counts()[source]?.lastSync == 3000)
    #expect(throws: KnowledgeError.self) { try store.finishSync(Sample.run(99)) }
  }
}
