import Documents
import Foundation
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct SearchPropertyTests {
  /// Every vector compared, best first, equal ones by identifier.
  private func oracle(
    _ query: [Float],
    _ vectors: [Int64: [Float]]
  ) -> [(id: Int64, score: Double)] {
    var scored: [(id: Int64, score: Double)] = []
    for (id, vector) in vectors {
      var score = 0.0
      for index in query.indices { score += Double(query[index]) * Double(vector[index]) }
      scored.append((id, score))
    }
    return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
  }

  /// Random documents, changes and filters; searching must find exactly what comparing every vector
  /// finds.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func vectorSearchEqualsTheOracle(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let sources = try ["a", "b"].map { name in
      try store.addSource(name: name, kind: .folder, location: "/\(name)", at: 1).id
    }
    for round in 0..<6 {
      for source in sources {
        let writes = (0..<25).map { _ in
          let number = Int.random(in: 0..<80, using: &generator)
          return Sample.document(
            "\(number % 4)/\(number).md",
            texts: (0..<Int.random(in: 1...6, using: &generator)).map { "text \($0)" },
            summary: "s",
            modified: Double(number),
            hash: "\(round)",
            seed: generator.next()
          )
        }
        // A path stands in a batch only once.
        let unique = Dictionary(writes.map { ($0.path, $0) }) { _, last in last }
        let ids = try store.documents(matching: SearchFilter(sources: source == 1 ? ["a"] : ["b"]))
          .filter { unique[$0.path] == nil && generator.unit() < 0.2 }.map(\.id)
        try store.apply(Sample.batch(source, unique.values.map(\.self), removed: ids))
      }
      if round % 2 == 1 { try store.finishSync(Sample.run(sources[0])) }
    }
    for _ in 0..<20 {
      var filter = SearchFilter()
      if generator.unit() < 0.5 { filter.sources = ["b"] }
      if generator.unit() < 0.5 { filter.paths = ["\(generator.next() % 4)/*"] }
      if generator.unit() < 0.3 { filter.modifiedAfter = Double(generator.next() % 80) }
      let query = generator.unitVector(Sample.dimension)
      let limit = Int.random(in: 1...40, using: &generator)
      let allowed = try store.documents(matching: filter).flatMap { document in
        try store.passages(ofDocument: document.id, ordinals: 0..<100).map(\.id)
      }
      let vectors = try store.vectors(allowed)
      #expect(vectors.count == allowed.count)
      let expected = oracle(query, vectors).prefix(limit)
      let hits = try store.vectorSearch(query, kind: .passage, filter: filter, limit: limit)
      #expect(hits.map(\.id) == expected.map(\.id))
      #expect(zip(hits, expected).allSatisfy { abs($0.score - $1.score) < 1e-9 })
    }
    try store.finishSync(Sample.run(sources[0]))
    #expect(try store.check(deep: true) == [])
  }

  /// Words in more than half of the passages count for nearly nothing, but still find.
  @Test func commonWordsStillFind() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    let writes = (0..<40).map { number in
      Sample.document(
        "\(number)",
        texts: [number % 8 == 0 ? "common rare" : "common filler"],
        seed: UInt64(number)
      )
    }
    try store.apply(Sample.batch(source, writes))
    func search(_ terms: [String], _ limit: Int) throws -> [ScoredPassage] {
      try store.lexicalSearch(terms: terms, filter: SearchFilter(), limit: limit)
    }
    #expect(try search(["common"], 99).count == 40)
    #expect(try search(["common", "rare"], 99).count == 40)
    #expect(try search(["common", "rare"], 3).map(\.id) == search(["rare"], 3).map(\.id))
    let top = try search(["common", "rare"], 5).map(\.id)
    #expect(Set(try store.passages(top).map(\.passage.text)) == ["common rare"])
  }
}
