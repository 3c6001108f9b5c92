package import Answering
package import Knowledge
import Store

/// A store that hands everything on to another one, unless a test steps between.
package struct InterceptedStore: PassageStore, TraceStore {
  /// Kept whole, so that its folder lasts as long as this store is used.
  private let knowledge: TestKnowledge
  private var base: KnowledgeStore { knowledge.store }
  /// Answers a word search in the place of the store.
  package var onLexicalSearch: (@Sendable () -> [ScoredPassage])?
  /// Answers a vector search in the place of the store.
  package var onVectorSearch: (@Sendable (StoredPassage.Kind) -> [ScoredPassage])?
  /// Sees, and may change, what the store says of passages asked for by identifier.
  package var onPassages: (@Sendable ([StoredPassage]) throws -> [StoredPassage])?

  /// Runs before an answer is saved; what it throws, saving throws.
  package var onSave: (@Sendable () throws -> Void)?

  package init(_ knowledge: TestKnowledge) { self.knowledge = knowledge }

  package func sources() throws -> [SourceRecord] { try base.sources() }
  package func addSource(
    name: String,
    kind: SourceRecord.Kind,
    location: String
  ) throws -> SourceRecord {
    try base.addSource(name: name, kind: kind, location: location)
  }
  package func removeSource(_ id: Int64) throws { try base.removeSource(id) }
  package func documentStates(ofSource id: Int64) throws -> [String: DocumentState] {
    try base.documentStates(ofSource: id)
  }
  package func vectorsByTextHash(ofDocument id: Int64) throws -> [String: [Float]] {
    try base.vectorsByTextHash(ofDocument: id)
  }
  package func restrict(source id: Int64, groups: (String) -> [String]) throws {
    try base.restrict(source: id, groups: groups)
  }
  package func apply(_ batch: SyncBatch) throws { try base.apply(batch) }
  package func finishSync(_ run: SyncRun) throws { try base.finishSync(run) }
  package func failures() throws -> [SyncFailure] { try base.failures() }
  package func counts() throws -> [Int64: StoreCounts] { try base.counts() }
  package func documents(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try base.documents(matching: filter)
  }
  package func tables(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try base.tables(matching: filter)
  }
  package func passages(_ ids: [Int64]) throws -> [StoredPassage] {
    let passages = try base.passages(ids)
    return try onPassages?(passages) ?? passages
  }
  package func passages(ofDocument id: Int64, ordinals: Range<Int>) throws -> [StoredPassage] {
    try base.passages(ofDocument: id, ordinals: ordinals)
  }
  package func vectors(_ ids: [Int64]) throws -> [Int64: [Float]] { try base.vectors(ids) }
  package func summary(ofDocument id: Int64) throws -> StoredPassage? {
    try base.summary(ofDocument: id)
  }
  package func lexicalSearch(
    terms: [String],
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    try onLexicalSearch?() ?? base.lexicalSearch(terms: terms, filter: filter, limit: limit)
  }
  package func vectorSearch(
    _ vector: [Float],
    kind: StoredPassage.Kind,
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    try onVectorSearch?(kind)
      ?? base.vectorSearch(vector, kind: kind, filter: filter, limit: limit)
  }
  package func documentFrequencies(of terms: [String]) throws -> TermStatistics {
    try base.documentFrequencies(of: terms)
  }
  package func save(_ record: AnswerRecord) throws {
    try onSave?()
    try base.save(record)
  }
  package func answer(_ id: String) throws -> AnswerRecord? { try base.answer(id) }
  package func recentAnswers(limit: Int) throws -> [AnswerRecord] {
    try base.recentAnswers(limit: limit)
  }
}
