package import Documents
package import Knowledge

/// Everything a store holds, without identifiers and times: equal for two stores that know the same.
package struct StoreContent: Equatable {
  /// A document and all that belongs to it.
  package struct Document: Equatable {
    package var path: String
    package var title: String
    package var mediaType: String
    package var contentHash: String
    package var textHash: String
    package var metadata: [String: String]
    package var table: TableDescription?
    package var passages: [Passage]
    package var vectors: [[Float]]
    package var summary: Passage?
    package var summaryVector: [Float]?
  }

  package var documents: [Document]
  /// For each word, the places that the word search finds.
  package var wordPlaces: [String: [String]]
  package var frequencies: TermStatistics

  /// Reads a store; `words` are looked for in it.
  package init(of store: any PassageStore, words: [String]) throws {
    documents = try store.documents(matching: SearchFilter()).map { record in
      let passages = try store.passages(ofDocument: record.id, ordinals: 0..<100_000)
      let summary = try store.summary(ofDocument: record.id)
      let vectors = try store.vectors(passages.map(\.id) + (summary.map { [$0.id] } ?? []))
      return Document(
        path: record.path,
        title: record.title,
        mediaType: record.mediaType,
        contentHash: record.contentHash,
        textHash: record.textHash,
        metadata: record.metadata,
        table: record.table,
        passages: passages.map(\.passage),
        vectors: passages.map { vectors[$0.id] ?? [] },
        summary: summary?.passage,
        summaryVector: summary.flatMap { vectors[$0.id] }
      )
    }
    wordPlaces = try words.reduce(into: [:]) { places, word in
      let hits = try store.lexicalSearch(terms: [word], filter: SearchFilter(), limit: 100_000)
      places[word] = try store.passages(hits.map(\.id))
        .map { "\($0.document.path) \($0.passage.ordinal)" }.sorted()
    }
    frequencies = try store.documentFrequencies(of: words)
  }
}
