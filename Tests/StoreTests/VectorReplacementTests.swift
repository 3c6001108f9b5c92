import Knowledge
import Store
import TestSupport
import Testing

@Suite struct VectorReplacementTests {
  private func filled(_ folder: TemporaryDirectory) throws -> KnowledgeStore {
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try store.apply(
      Sample.batch(
        source,
        [
          Sample.document("a", texts: ["one", "two"], summary: "all of a"),
          Sample.document("b", texts: ["three"], seed: 2),
        ]
      )
    )
    return store
  }

  /// A direction of its own for each passage and summary.
  private func directions(
    _ store: KnowledgeStore,
    dimension: Int
  ) throws -> (vectors: [Int64: [Float]], passages: [Int64]) {
    var ids: [Int64] = []
    var passages: [Int64] = []
    for document in try store.documents(matching: SearchFilter()) {
      passages += try store.passages(ofDocument: document.id, ordinals: 0..<100).map(\.id)
      ids += try [store.summary(ofDocument: document.id)].compactMap { $0?.id }
    }
    ids += passages
    var vectors: [Int64: [Float]] = [:]
    for (place, id) in ids.enumerated() {
      vectors[id] = (0..<dimension).map { $0 == place ? 1 : 0 }
    }
    return (vectors, passages)
  }

  @Test func searchesGoByTheNewVectorsAndTheDocumentsStay() throws {
    let folder = try TemporaryDirectory()
    let store = try filled(folder)
    let before = try store.documents(matching: SearchFilter())
    let (vectors, passages) = try directions(store, dimension: 8)
    try store.replaceVectors(by: "tuned@2", dimension: 8, vectors)
    #expect(try store.embedder()?.identity == "tuned@2")
    for reader in [
      store,
      try KnowledgeStore(directory: folder.attune, embedder: "tuned@2", dimension: 8),
    ] {
      for id in passages {
        let hits = try reader.vectorSearch(
          try #require(vectors[id]),
          kind: .passage,
          filter: SearchFilter(),
          limit: 1
        )
        #expect(hits.map(\.id) == [id])
      }
      #expect(try reader.documents(matching: SearchFilter()) == before)
    }
    #expect(throws: KnowledgeError.self) { try folder.store() }
  }

  @Test func withOneVectorMissingNothingIsChanged() throws {
    let folder = try TemporaryDirectory()
    let store = try filled(folder)
    var (vectors, passages) = try directions(store, dimension: 8)
    let old = try store.vectors(passages)
    vectors[try #require(passages.last)] = nil
    let error = #expect(throws: StoreError.self) {
      try store.replaceVectors(by: "tuned@2", dimension: 8, vectors)
    }
    #expect(error?.code == .badValue)
    #expect(try store.embedder()?.identity == Sample.embedder)
    #expect(try store.vectors(passages) == old)
  }
}
