import Documents
import Foundation
public import Knowledge
import Store

extension Workspace {
  /// What a sync of several sources did.
  public struct SyncOutcome: Sendable {
    public var reports: [SyncReport]
    /// Sources that could not be reached as a whole; what is known of them is kept.
    public var unreachable: [KnowledgeError]
  }

  /// Brings the store in step with the sources in `attune.yaml`. Sources that are configured no more
  /// are removed.
  ///
  /// - Parameters:
  ///   - names: Only these sources; all where absent.
  ///   - retry: Reads again what could not be taken in or was passed over at the last sync, even where it
  ///     looks as it did.
  ///   - progress: Called with a source's name as work goes on.
  /// - Returns: A report for each source, and the sources that could not be reached.
  /// - Throws: ``AttuneError`` where a name is unknown or the model is missing, `StoreError` where the
  ///   store cannot be written or another sync is running.
  public func sync(
    only names: [String]? = nil,
    retry: Bool = false,
    progress: (String, SyncProgress) -> Void = { _, _ in }
  ) throws -> SyncOutcome {
    try sync(only: names, retry: retry, embedder: embedder, progress: progress)
  }

  /// The same with an embedder that is loaded once the workspace is known to be free.
  package func sync(
    only names: [String]? = nil,
    retry: Bool = false,
    embedder load: () throws -> any TextEmbedder,
    progress: (String, SyncProgress) -> Void = { _, _ in }
  ) throws -> SyncOutcome {
    let configured = try ConfigurationFile(url: layout.configuration).read().sources
    if let unknown = names?.first(where: { name in !configured.contains { $0.name == name } }) {
      throw AttuneError(
        .sourceUnknown,
        "There is no source “\(unknown)”.",
        subject: unknown,
        remedy: "attune sources lists them; attune add takes in a new one."
      )
    }
    let lock = try lock()
    defer { lock.release() }
    let embedder = try load()
    let store = try store(for: embedder)
    try removeDatasetReports()
    if names == nil { try removeUnconfigured(configured, from: store) }
    try keepSettings(of: configured, in: store)
    let synchronizer = Synchronizer(store: store, embedder: embedder)
    let failures = retry ? Dictionary(grouping: try store.failures(), by: \.source) : [:]
    var outcome = SyncOutcome(reports: [], unreachable: [])
    for source in configured where names?.contains(source.name) ?? true {
      do {
        let record = try record(of: source, in: store)
        outcome.reports.append(
          try synchronizer.sync(
            record,
            from: try open(source, knownTo: store),
            groups: source.groups(ofDocument:),
            again: Self.items(of: failures[source.name] ?? [])
          ) { progress(record.name, $0) }
        )
      } catch let error as KnowledgeError where error.code == .sourceUnreachable {
        outcome.unreachable.append(error)
      } catch let error as DocumentError {
        outcome.unreachable.append(
          KnowledgeError(
            .sourceUnreachable,
            "Source “\(source.name)” cannot be read: \(error.message)",
            subject: source.name,
            cause: error.cause,
            remedy: error.remedy
          )
        )
      }
    }
    // What a removed document said stays in no report.
    if outcome.reports.contains(where: { $0.removed > 0 }) { try removeComparisons() }
    return outcome
  }

  /// The paths of the items that failures are about: their own, or that of the item they lie in.
  private static func items(of failures: [SyncFailure]) -> Set<String> {
    Set(
      failures.flatMap { failure in
        PartPath.splits(failure.error.subject).map(\.holder) + [failure.error.subject]
      }
    )
  }

  private func removeUnconfigured(
    _ configured: [WorkspaceConfiguration.Source],
    from store: KnowledgeStore
  ) throws {
    // By place too, so that two sources may trade places in one edit of the file.
    for record in try store.sources() {
      let isConfigured = configured.contains {
        $0.name == record.name && (location(of: $0) == record.location || !isThere($0))
      }
      guard !isConfigured else { continue }
      try removeComparisons()
      try store.removeSource(record.id)
    }
  }

  /// The store's record of a configured source. A source whose place has changed is another source:
  /// what came from the old place is removed, but only once the new one is there, so that a slip of the
  /// pen in `attune.yaml` costs nothing.
  private func record(
    of source: WorkspaceConfiguration.Source,
    in store: KnowledgeStore
  ) throws -> SourceRecord {
    let location = location(of: source)
    if let record = try store.sources().first(where: { $0.name == source.name }) {
      if record.location == location { return record }
      guard isThere(source) else {
        throw KnowledgeError(
          .sourceUnreachable,
          "The source's new place does not exist. What came from the old one is kept.",
          subject: source.name,
          cause: location,
          remedy: "Correct the path in attune.yaml, or mount the folder, and sync again."
        )
      }
      try store.removeSource(record.id)
    }
    return try store.addSource(
      name: source.name,
      kind: kind(of: source),
      location: location
    )
  }

  private func isThere(_ source: WorkspaceConfiguration.Source) -> Bool {
    !kind(of: source).isLocal
      || FileManager.default.fileExists(atPath: location(of: source))
  }

  func kind(of source: WorkspaceConfiguration.Source) -> SourceRecord.Kind {
    if PostgreSQLSource.isURI(source.path) { return .postgresql }
    if WebSource.isURL(source.path) { return .web }
    return SQLiteSource.isDatabase(at: location(of: source)) ? .sqlite : .folder
  }

  /// A configured source, ready to be listed and read.
  ///
  /// - Parameters:
  ///   - source: As configured.
  ///   - store: Knows what web pages were known by, so that they are not sent again.
  /// - Returns: The source.
  /// - Throws: `DocumentError` where a database's URI or an address cannot be used, and what the store
  ///   throws.
  func open(
    _ source: WorkspaceConfiguration.Source,
    knownTo store: KnowledgeStore
  ) throws -> any DocumentSource {
    let limits = SourceLimits(maximumFileBytes: configuration.maximumFileMegabytes << 20)
    switch kind(of: source) {
    case .folder:
      return FolderSource(root: location(of: source), name: source.name, limits: limits)
    case .sqlite:
      return SQLiteSource(path: location(of: source), name: source.name, limits: limits)
    case .postgresql:
      return try PostgreSQLSource(
        connection: source.path,
        name: source.name,
        limits: limits,
        selection: source.selection
      )
    case .web:
      let record = try store.sources().first { $0.name == source.name }
      let states = try record.map { try store.documentStates(ofSource: $0.id) } ?? [:]
      return try WebSource(
        url: source.path,
        name: source.name,
        allowedHosts: source.allow ?? [],
        known: states.mapValues {
          KnownPage(fingerprint: $0.fingerprint, contentHash: $0.contentHash)
        },
        limits: limits
      )
    }
  }
}

extension WorkspaceConfiguration.Source {
  /// What is read of a PostgreSQL database.
  fileprivate var selection: PostgreSQLSelection {
    if let query {
      return .query(
        PostgreSQLQuery(
          name: name,
          sql: query.sql,
          keyColumns: query.key ?? [],
          updateColumn: query.updated
        )
      )
    }
    return tables.map { .tables($0) } ?? .allTables
  }
}
