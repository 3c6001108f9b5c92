import Documents

/// What one sync has found so far.
struct SyncState {
  private let record: SourceRecord
  /// What is to be looked at, in the source's order.
  let items: [SourceItem]
  /// Places whose documents cannot be seen at the moment.
  private let unseen: [String]
  private let startedAt: Double
  var report: SyncReport
  var progress: SyncProgress

  init(record: SourceRecord, listing: SourceListing, startedAt: Double) {
    self.record = record
    let twins = Self.twins(among: listing.items)
    items = listing.items.enumerated().filter { !twins.contains($0.offset) }.map(\.element)
    unseen = listing.failures.map(\.subject)
    self.startedAt = startedAt
    report = SyncReport(source: record.name)
    let twinFaults = twins.sorted().map { Self.twinFault(listing.items[$0]) }
    report.failures = (listing.failures + twinFaults).map {
      SyncFailure(source: record.name, isSkip: false, error: $0)
    }
    report.skipped = listing.skipped.map {
      SyncFailure(source: record.name, isSkip: true, error: $0)
    }
    progress = SyncProgress(itemsDone: 0, itemsTotal: items.count)
  }

  /// The known documents that are in the source no more. What lies at or under a place that could not
  /// be listed is not gone: it cannot be seen at the moment.
  /// Documents are known by the UTF-8 of their paths.
  func vanished(of known: [[UInt8]: DocumentState]) -> [Int64] {
    let listed = Set(items.map { Array($0.path.utf8) })
    return known.filter { bytes, _ in
      guard !listed.contains(bytes) else { return false }
      let path = String(decoding: bytes, as: UTF8.self)
      return !unseen.contains { place in
        path == place || path.hasPrefix(place + "/") || path.hasPrefix(place + "#")
      }
    }.map(\.value.id).sorted()
  }

  /// What an item that was not taken in means for what is known of it.
  enum Consequence {
    /// The item may be as it was; nobody can tell.
    case kept
    /// What was known of the item stands in it no more.
    case gone
  }

  /// Notes that an item could not be taken in.
  mutating func note(_ error: DocumentError, for item: SourceItem) -> Consequence {
    switch error.code {
    case .notFound:
      // It went away after it was listed, which is no fault.
      return .gone
    case .unsupportedFormat, .empty:
      // As the user left it: nothing went wrong, and its former text is not in it any more.
      report.skipped.append(SyncFailure(source: record.name, isSkip: true, error: error))
      return .gone
    default:
      report.failures.append(SyncFailure(source: record.name, isSkip: false, error: error))
      return .kept
    }
  }

  /// Positions of items whose path reads like that of an earlier one, though it is encoded in another
  /// way (“é” as one scalar and as two). A citation could not tell them apart.
  private static func twins(among items: [SourceItem]) -> Set<Int> {
    // String's own equality is canonical equivalence.
    var seen: Set<String> = []
    return Set(items.indices.filter { !seen.insert(items[$0].path).inserted })
  }

  private static func twinFault(_ item: SourceItem) -> DocumentError {
    DocumentError(
      .malformed,
      "Another item has the same name as \(item.path), encoded in another way",
      subject: item.path,
      remedy: "Rename one of the two."
    )
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
