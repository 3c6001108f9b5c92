/// Keeps sources, documents, passages and their vectors. Declared here; implemented in `Store`.
///
/// Identifiers are never used twice. All methods may be called from any thread, block while they
/// work, and throw ``KnowledgeError`` or the store's own error.
public protocol PassageStore: Sendable {
  // MARK: Sources

  /// All sources, oldest first.
  func sources() throws -> [SourceRecord]
  /// Adds a source. Throws ``KnowledgeError`` when the name or the location is taken.
  func addSource(name: String, kind: SourceRecord.Kind, location: String) throws -> SourceRecord
  /// Removes a source with all that belongs to it, and leaves none of its text in any file.
  func removeSource(_ id: Int64) throws

  // MARK: Writing

  /// What is known of each document of a source, by path.
  func documentStates(ofSource id: Int64) throws -> [String: DocumentState]
  /// The vectors of a document's passages, by the SHA-256 of the text that was embedded.
  func vectorsByTextHash(ofDocument id: Int64) throws -> [String: [Float]]
  /// Says anew which groups may see each document of a source. Takes effect at once.
  func restrict(source id: Int64, groups: (_ path: String) -> [String]) throws
  /// Applies a batch in one transaction: all of it or, on an error or a crash, nothing.
  func apply(_ batch: SyncBatch) throws
  /// Ends a sync: records the run and its failures, merges small index segments, and purges deleted
  /// text from every file.
  func finishSync(_ run: SyncRun) throws
  /// The failures and skipped items of the last sync of each source.
  func failures() throws -> [SyncFailure]

  // MARK: Reading

  /// Number of live documents and passages of each source, by the source's identifier.
  func counts() throws -> [Int64: StoreCounts]
  /// The live documents that match, ordered by source and path.
  func documents(matching filter: SearchFilter) throws -> [DocumentRecord]
  /// The live documents that are tables and match, ordered by source and path.
  func tables(matching filter: SearchFilter) throws -> [DocumentRecord]
  /// The live passages with these identifiers, in the order asked for; missing ones are left out.
  func passages(_ ids: [Int64]) throws -> [StoredPassage]
  /// The passages of a document with these ordinals, in order. Summaries are not among them.
  func passages(ofDocument id: Int64, ordinals: Range<Int>) throws -> [StoredPassage]
  /// The full-precision vectors of these passages; missing ones are left out.
  func vectors(_ ids: [Int64]) throws -> [Int64: [Float]]
  /// The summary of a document.
  func summary(ofDocument id: Int64) throws -> StoredPassage?

  // MARK: Searching

  /// BM25 over titles, headings and text of passages; higher is better. `terms` are plain words: the
  /// store quotes them. Any term may match.
  func lexicalSearch(terms: [String], filter: SearchFilter, limit: Int) throws -> [ScoredPassage]
  /// Cosine similarity at full precision over all matching passages or summaries, best first.
  func vectorSearch(
    _ vector: [Float],
    kind: StoredPassage.Kind,
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage]
  /// In how many passages each term occurs, and how many passages there are.
  func documentFrequencies(of terms: [String]) throws -> TermStatistics
}
