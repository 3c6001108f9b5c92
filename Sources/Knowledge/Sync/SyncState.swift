import Documents

/// What one sync has found so far.
struct SyncState {
  private let record: SourceRecord
  private let listing: SourceListing
  private let startedAt: Double
  var report: SyncReport
  var progress: SyncProgress

  init(record: SourceRecord, listing: SourceListing, startedAt: Double) {
    self.record = record
    self.listing = listing
    self.startedAt = startedAt
    report = SyncReport(source: record.name)
    report.failures = listing.failures.map {
      SyncFailure(source: record.name, isSkip: false, error: $0)
    }
    report.skipped = listing.skipped.map {
      SyncFailure(source: record.name, isSkip: true, error: $0)
    }
    progress = SyncProgress(itemsDone: 0, itemsTotal: listing.items.count)
  }

  /// The known documents that are in the source no more. What lies at or under a place that could not
  /// be listed is not gone: it cannot be seen at the moment.
  func vanished(of known: [String: DocumentState]) -> [Int64] {
    let listed = Set(listing.items.map(\.path))
    let unseen = listing.failures.map(\.subject)
    return known.filter { path, _ in
      guard !listed.contains(path) else { return false }
      return !unseen.contains { place in
        path == place || path.hasPrefix(place + "/") || path.hasPrefix(place + "#")
      }
    }.map(\.value.id).sorted()
  }

  /// Notes that an item could not be taken in.
  mutating func note(_ error: DocumentError, for item: SourceItem) {
    // Formats without a reader and empty files are as the user left them; nothing went wrong.
    let isSkip = error.code == .unsupportedFormat || error.code == .empty
    let entry = SyncFailure(source: record.name, isSkip: isSkip, error: error)
    if isSkip { report.skipped.append(entry) } else { report.failures.append(entry) }
  }

  func run(finishedAt: Double) -> SyncRun {
    SyncRun(
      source: record.id,
      startedAt: startedAt,
      finishedAt: finishedAt,
      added: report.added,
      changed: report.changed,
      removed: report.removed,
      unchanged: report.unchanged,
      failures: report.failures + report.skipped
    )
  }
}
