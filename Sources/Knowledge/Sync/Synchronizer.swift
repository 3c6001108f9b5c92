public import Documents
public import Foundation
public import Logging

/// Brings the store in step with a source: reads what changed, removes what is gone.
///
/// Items are read and cut on threads of their own while others are embedded and written; how much may wait
/// in between is bounded. Work is applied in batches, each in one transaction. A sync that is killed has
/// therefore done some whole documents and no half ones, and the next sync goes on from there.
public struct Synchronizer: Sendable {
  private let store: any PassageStore
  private let embedder: any TextEmbedder
  private let chunker: Chunker
  private let summarizer = Summarizer()
  private let now: @Sendable () -> Double
  private let logger: Logger

  /// The version of the readers. What another version read is read again.
  package var readerVersion = DocumentReader.version

  /// Tokens that the model adds around a text.
  private static let markers = 2
  /// Passages gathered before they are embedded and written.
  private static let batchPassages = 384
  /// Passages embedded between two reports of progress.
  private static let embeddingSlice = 64
  /// Items read at once, while the calling thread embeds and writes.
  private static let readingThreads = 2
  /// Passages read and cut that may wait to be embedded.
  private static let passagesAhead = 1536

  /// Time comes from `now`, in seconds since 1970.
  public init(
    store: any PassageStore,
    embedder: any TextEmbedder,
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
    logger: Logger = Logger(label: "attune.sync")
  ) {
    self.store = store
    self.embedder = embedder
    self.chunker = Chunker(maximumTokens: embedder.maximumTokens - Self.markers) { text in
      embedder.countTokens(text)
    }
    self.now = now
    self.logger = logger
  }

  /// Syncs one source.
  ///
  /// - Parameters:
  ///   - record: The source as the store knows it.
  ///   - source: The same source, opened.
  ///   - groups: The groups that may see the document at a path; everybody where there are none.
  ///   - again: Paths of items that are read whatever is known of them.
  ///   - report: Called on this thread as work goes on.
  /// - Returns: What was added, changed, removed, left alone and could not be taken in.
  /// - Throws: ``KnowledgeError`` with code `sourceUnreachable` when the source as a whole cannot be
  ///   listed; nothing is removed then.
  public func sync(
    _ record: SourceRecord,
    from source: any DocumentSource,
    groups: @escaping @Sendable (String) -> [String] = { _ in [] },
    again: Set<String> = [],
    progress report: (SyncProgress) -> Void = { _ in }
  ) throws -> SyncReport {
    let start = now()
    // Before anything is read: who may see what is said in the settings, not in the source.
    try store.restrict(source: record.id, groups: groups)
    let listing: SourceListing
    do {
      listing = try source.list()
    } catch let error as DocumentError {
      throw KnowledgeError(
        .sourceUnreachable,
        "Source “\(record.name)” cannot be reached: \(error.message)",
        subject: record.location,
        cause: error.cause,
        remedy: error.remedy
      )
    }
    var state = SyncState(record: record, listing: listing, startedAt: start)
    let known = Dictionary(
      try store.documentStates(ofSource: record.id).map { (Array($0.key.utf8), $0.value) },
      uniquingKeysWith: { first, _ in first }
    )

    let reader = ItemReader(
      source: source,
      chunker: chunker,
      readerVersion: readerVersion,
      known: known,
      again: again
    )
    let changed = state.leaveKnown(reader, known: known)
    report(state.progress)

    var batch = emptyBatch(of: record, at: start)
    batch.removed = state.vanished(of: known)
    state.report.removed = batch.removed.count

    let ahead = ReadAhead<ItemEvent>(
      count: changed.count,
      threads: Self.readingThreads,
      limit: Self.passagesAhead,
      weigh: \.weight
    ) { index, emit in
      try reader.read(changed[index], emit: emit)
    }
    defer { ahead.stop() }
    var languages = LanguageNote(embedder)
    var pending: [PreparedDocument] = []
    var pendingPassages = 0
    while let event = try ahead.take() {
      switch event {
      case .unchanged(let item):
        batch.touched[item.path] = SyncBatch.Touch(
          fingerprint: reader.fingerprint(of: item),
          modified: item.modified
        )
        state.report.unchanged += 1
      case .document(var prepared):
        state.report.warnings += prepared.document.warnings.map { "\(prepared.item.path): \($0)" }
        languages.count(prepared.document.metadata["language"])
        // Prose is embedded whole again, because its summary needs every sentence's vector; a table of
        // many rows keeps the vectors of the rows that stayed.
        if prepared.document.table != nil, let before = prepared.before {
          prepared.knownVectors = try store.vectorsByTextHash(ofDocument: before.id)
        }
        pendingPassages += prepared.passages.count
        pending.append(prepared)
      case .failed(let item, let error):
        if state.note(error, for: item) == .gone, let before = reader.before(item) {
          batch.removed.append(before.id)
          state.report.removed += 1
        }
      case .end(let item, let parts):
        let held = state.held(by: item)
        if let parts {
          let gone = held.filter { !parts.contains($0.path) }.map(\.id)
          batch.removed += gone
          state.report.removed += gone.count
        } else {
          state.report.unchanged += held.count
        }
        state.progress.itemsDone += 1
        state.progress.current = item.path
        report(state.progress)
      }
      if pendingPassages >= Self.batchPassages || pending.count >= Self.batchPassages {
        try write(pending, into: &batch, groups: groups, state: &state, report: report)
        batch = emptyBatch(of: record, at: start)
        pending = []
        pendingPassages = 0
      }
    }
    try write(pending, into: &batch, groups: groups, state: &state, report: report)
    if let warning = languages.warning(embedder: embedder.identity) {
      state.report.warnings.append(warning)
    }
    state.progress.itemsDone = state.items.count
    state.progress.current = ""
    report(state.progress)
    let finished = now()
    try store.finishSync(state.run(finishedAt: finished))
    state.report.seconds = finished - start
    return state.report
  }

  private func emptyBatch(of record: SourceRecord, at time: Double) -> SyncBatch {
    SyncBatch(source: record.id, embedder: embedder.identity, time: time)
  }

  private func write(
    _ pending: [PreparedDocument],
    into batch: inout SyncBatch,
    groups: (String) -> [String],
    state: inout SyncState,
    report: (SyncProgress) -> Void
  ) throws {
    let vectors = try embed(pending, state: &state, report: report)
    for (prepared, vectors) in zip(pending, vectors) {
      var write = try assemble(prepared, vectors: vectors)
      write.groups = groups(prepared.item.path)
      batch.writes.append(write)
      state.report.passages += prepared.passages.count
      if prepared.before == nil { state.report.added += 1 } else { state.report.changed += 1 }
    }
    guard !batch.isEmpty else { return }
    try store.apply(batch)
    logger.debug(
      "applied a batch",
      metadata: ["source": "\(state.report.source)", "documents": "\(batch.writes.count)"]
    )
  }

  /// Embeds what has no known vector; the result has one entry per document and passage.
  private func embed(
    _ pending: [PreparedDocument],
    state: inout SyncState,
    report: (SyncProgress) -> Void
  ) throws -> [[PassageVectors]] {
    var result: [[PassageVectors]] = []
    var inputs: [EmbeddingInput] = []
    var places: [(document: Int, passage: Int)] = []
    for (index, prepared) in pending.enumerated() {
      var vectors: [PassageVectors] = []
      for (ordinal, passage) in prepared.passages.enumerated() {
        let prefix = passage.embeddingPrefix(title: prepared.document.title)
        let hash = textHash(prefix + passage.text)
        if let vector = prepared.knownVectors[hash] {
          vectors.append(PassageVectors(hash: hash, vector: vector, sentences: []))
          continue
        }
        vectors.append(PassageVectors(hash: hash, vector: [], sentences: []))
        inputs.append(
          EmbeddingInput(prefix: prefix, text: passage.text, spans: prepared.sentences[ordinal])
        )
        places.append((index, ordinal))
      }
      result.append(vectors)
    }
    var start = 0
    while start < inputs.count {
      let end = min(start + Self.embeddingSlice, inputs.count)
      let embedded = try embedder.embed(Array(inputs[start..<end]))
      for (place, text) in zip(places[start..<end], embedded) {
        result[place.document][place.passage].vector = text.vector
        result[place.document][place.passage].sentences = text.spanVectors
        state.progress.tokens += text.tokenCount
        state.report.tokens += text.tokenCount
      }
      state.progress.passages += end - start
      state.report.embedded += end - start
      report(state.progress)
      start = end
    }
    return result
  }

  private func assemble(
    _ prepared: PreparedDocument,
    vectors: [PassageVectors]
  ) throws -> SyncBatch.Write {
    let document = prepared.document
    let passages = zip(prepared.passages, vectors).map { passage, vectors in
      SyncBatch.EmbeddedPassage(
        passage: passage,
        vector: vectors.vector,
        embeddedHash: vectors.hash
      )
    }
    return SyncBatch.Write(
      path: prepared.item.path,
      fingerprint: prepared.fingerprint,
      contentHash: prepared.contentHash,
      textHash: textHash(document.text),
      modified: prepared.item.modified,
      title: document.title,
      mediaType: document.mediaType,
      metadata: document.metadata,
      table: document.table,
      passages: passages,
      summary: try summary(of: prepared, vectors: vectors)
    )
  }

  private func summary(
    of prepared: PreparedDocument,
    vectors: [PassageVectors]
  ) throws -> SyncBatch.EmbeddedPassage? {
    if let table = prepared.document.table {
      let text = summarizer.summary(of: table, title: prepared.document.title)
      guard let vector = try embedder.embed([EmbeddingInput(text: text)]).first?.vector else {
        return nil
      }
      return embeddedSummary(text, prepared: prepared, vector: vector)
    }
    let sentences = zip(prepared.passages, zip(prepared.sentences, vectors)).flatMap {
      passage,
      rest in
      zip(rest.0, rest.1.sentences).map { range, vector in
        SummarySentence(text: slice(passage.text, range), vector: vector)
      }
    }
    guard let summary = summarizer.summary(of: sentences) else { return nil }
    return embeddedSummary(summary.text, prepared: prepared, vector: summary.vector)
  }

  private func embeddedSummary(
    _ text: String,
    prepared: PreparedDocument,
    vector: [Float]
  ) -> SyncBatch.EmbeddedPassage {
    let whole = 0..<prepared.document.text.unicodeScalars.count
    let origin = prepared.passages.first?.location.origin ?? .bytes(0..<0)
    return SyncBatch.EmbeddedPassage(
      passage: Passage(
        ordinal: 0,
        headings: [],
        text: text,
        location: Location(characters: whole, origin: origin)
      ),
      vector: vector,
      embeddedHash: textHash(text)
    )
  }
}
