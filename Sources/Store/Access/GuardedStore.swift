public import Knowledge

/// A store as somebody sees it who belongs to some groups: reading and searching find what these groups
/// may see and nothing else, whatever filter they are asked with. It cannot be written to.
///
/// How often a word occurs is counted over all passages, as it weighs words and shows no text.
public struct GuardedStore: PassageStore {
  private let store: any PassageStore
  private let groups: Set<String>

  /// - Parameters:
  ///   - store: The whole store.
  ///   - groups: The groups that the reader belongs to.
  public init(_ store: any PassageStore, groups: Set<String>) {
    self.store = store
    self.groups = groups
  }

  private func guarded(_ filter: SearchFilter) -> SearchFilter {
    var filter = filter
    // Who may see less than the guard allows stays with less.
    filter.groups = filter.groups.map { $0.intersection(groups) } ?? groups
    return filter
  }

  private func isSeen(_ passage: StoredPassage) -> Bool {
    let owners = passage.document.groups
    return owners.isEmpty || !groups.isDisjoint(with: owners)
  }

  // MARK: Reading

  public func sources() throws -> [SourceRecord] { try store.sources() }

  public func documents(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try store.documents(matching: guarded(filter))
  }

  public func tables(matching filter: SearchFilter) throws -> [DocumentRecord] {
    try store.tables(matching: guarded(filter))
  }

  public func passages(_ ids: [Int64]) throws -> [StoredPassage] {
    try store.passages(ids).filter(isSeen)
  }

  public func passages(ofDocument id: Int64, ordinals: Range<Int>) throws -> [StoredPassage] {
    try store.passages(ofDocument: id, ordinals: ordinals).filter(isSeen)
  }

  public func vectors(_ ids: [Int64]) throws -> [Int64: [Float]] {
    try store.vectors(try passages(ids).map(\.id))
  }

  public func summary(ofDocument id: Int64) throws -> StoredPassage? {
    try store.summary(ofDocument: id).flatMap { isSeen($0) ? $0 : nil }
  }

  public func documentFrequencies(of terms: [String]) throws -> TermStatistics {
    try store.documentFrequencies(of: terms)
  }

  // MARK: Searching

  public func lexicalSearch(
    terms: [String],
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    try store.lexicalSearch(terms: terms, filter: guarded(filter), limit: limit)
  }

  public func vectorSearch(
    _ vector: [Float],
    kind: StoredPassage.Kind,
    filter: SearchFilter,
    limit: Int
  ) throws -> [ScoredPassage] {
    try store.vectorSearch(vector, kind: kind, filter: guarded(filter), limit: limit)
  }

  // MARK: What only the owner may do

  public func addSource(
    name: String,
    kind: SourceRecord.Kind,
    location: String
  ) throws -> SourceRecord {
    throw Self.refusal
  }

  public func removeSource(_ id: Int64) throws { throw Self.refusal }

  public func documentStates(ofSource id: Int64) throws -> [String: DocumentState] {
    throw Self.refusal
  }

  public func vectorsByTextHash(ofDocument id: Int64) throws -> [String: [Float]] {
    throw Self.refusal
  }

  public func restrict(source id: Int64, groups: (String) -> [String]) throws {
    throw Self.refusal
  }

  public func apply(_ batch: SyncBatch) throws { throw Self.refusal }
  public func finishSync(_ run: SyncRun) throws { throw Self.refusal }
  public func failures() throws -> [SyncFailure] { throw Self.refusal }
  public func counts() throws -> [Int64: StoreCounts] { throw Self.refusal }

  private static let refusal = StoreError(
    .readOnly,
    "A reader of some groups cannot change the workspace or see how it is kept.",
    subject: "workspace",
    remedy: "Do it as the workspace's owner, without --as."
  )
}
