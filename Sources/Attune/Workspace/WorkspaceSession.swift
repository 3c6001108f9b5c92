public import Answering
public import Knowledge
package import Store

/// A workspace with its model loaded, ready for any number of questions.
public final class WorkspaceSession: Sendable {
  /// The store, for those who measure.
  package let store: KnowledgeStore
  package let embedder: any TextEmbedder
  package let configuration: WorkspaceConfiguration
  private let searcher: Searcher
  private let answerer: Answerer

  package init(
    store: KnowledgeStore,
    embedder: any TextEmbedder,
    configuration: WorkspaceConfiguration
  ) {
    self.store = store
    self.embedder = embedder
    self.configuration = configuration
    searcher = Searcher(store: store, embedder: embedder, settings: configuration.search)
    answerer = Answerer(
      passages: store,
      traces: store,
      embedder: embedder,
      search: configuration.search,
      context: configuration.context,
      answers: configuration.answers
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

  /// Answers a question and keeps its trace.
  public func ask(_ question: String, filter: SearchFilter = SearchFilter()) throws -> Answer {
    try answerer.answer(question, filter: filter)
  }
}
