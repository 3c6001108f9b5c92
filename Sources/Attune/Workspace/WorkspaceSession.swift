public import Answering
public import Knowledge
package import Store

/// A workspace with its model loaded, ready for any number of questions.
public final class WorkspaceSession: Sendable {
  /// The store, for those who measure.
  package let store: KnowledgeStore
  package let embedder: any TextEmbedder
  package let configuration: WorkspaceConfiguration
  /// What reads the best hits of a search; nil where none is in use.
  package let reranker: (any PassageReranker)?
  /// What writes answers; nil where they are quotes.
  let generator: (any TextGenerator)?
  /// What puts short answers before quotes; nil where nothing does.
  package let reader: (any PassageReader)?
  private let searcher: Searcher
  private let answerer: Answerer

  package init(
    store: KnowledgeStore,
    embedder: any TextEmbedder,
    configuration: WorkspaceConfiguration,
    groups: Set<String>? = nil,
    reranker: (any PassageReranker)? = nil,
    generator: (any TextGenerator)? = nil,
    reader: (any PassageReader)? = nil
  ) {
    let passages: any PassageStore = groups.map { GuardedStore(store, groups: $0) } ?? store
    self.store = store
    self.embedder = embedder
    self.configuration = configuration
    self.reranker = reranker
    self.generator = generator
    self.reader = reader
    searcher = Searcher(
      store: passages,
      embedder: embedder,
      settings: configuration.search,
      reranker: reranker
    )
    answerer = Answerer(
      passages: passages,
      traces: store,
      embedder: embedder,
      search: configuration.search,
      reranker: reranker,
      context: configuration.context,
      answers: configuration.answers,
      generator: generator,
      reader: reader,
      writing: configuration.generation
    )
  }

  /// The best passages for a question, best first.
  public func search(
    _ query: String,
    filter: SearchFilter = SearchFilter(),
    limit: Int = 10
  ) throws -> [SearchHit] {
    try searcher.search(query, filter: filter, limit: limit)
  }

  /// Answers a question and keeps its trace, and what was answered as a candidate to train on.
  ///
  /// - Parameters:
  ///   - question: The question, which stands alone.
  ///   - typed: As it was typed, where that is something else; this is what the trace keeps.
  ///   - filter: Which documents may be read.
  ///   - onSentence: Takes each sentence that a generator wrote, once its citations are checked.
  /// - Returns: The answer.
  /// - Throws: `KnowledgeError`, `GenerationError`, `LanguageModelError` or the store's error.
  public func ask(
    _ question: String,
    typed: String? = nil,
    filter: SearchFilter = SearchFilter(),
    onSentence: @escaping @Sendable (GroundedSentence) async throws -> Void = { _ in }
  ) async throws -> Answer {
    let answer = try await answerer.answer(
      question,
      typed: typed,
      filter: filter,
      onSentence: onSentence
    )
    collect(answer, question: question)
    return answer
  }
}
