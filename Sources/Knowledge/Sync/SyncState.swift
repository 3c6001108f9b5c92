import Documents

/// What one sync has found so far.
struct SyncState {
  private let record: SourceRecord
  /// What is to be looked at, in the source's order.
  let items: [SourceItem]
  /// Places whose documents cannot be seen at the moment.
  private let unseen: [String]
  /// Known documents that lie in an item, by the item's path.
  private var parts: [String: [(path: String, id: Int64)]] = [:]
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
  /// Documents are known by the UTF-8 of their paths. What lies in an item that is there is not gone
  /// either, until the item is read.
  func vanished(of known: [[UInt8]: DocumentState]) -> [Int64] {
    let listed = Set(items.map { Array($0.path.utf8) })
    let held = Set(parts.values.joined().map(\.id))
    return known.filter { bytes, state in
      guard !listed.contains(bytes), !held.contains(state.id) else { return false }
      let path = String(decoding: bytes, as: UTF8.self)
      return !unseen.contains { PartPath.lies(path, at: $0) }
    }.map(\.value.id).sorted()
  }

  /// The items that have to be read. The others are counted as unchanged, with what lies in them.
  mutating func leaveKnown(
    _ reader: ItemReader,
    known: [[UInt8]: DocumentState]
  ) -> [SourceItem] {
    let listed = Set(items.map(\.path))
    for (bytes, state) in known {
      let path = String(decoding: bytes, as: UTF8.self)
      guard !listed.contains(path),
        let holder = PartPath.splits(path).first(where: { listed.contains($0.holder) })?.holder
      else { continue }
      parts[holder, default: []].append((path, state.id))
    }
    return items.filter { item in
      guard reader.isKnown(item) else { return true }
      report.unchanged += 1 + (parts[item.path]?.count ?? 0)
      progress.itemsDone += 1
      return false
    }
  }

  /// The known documents that lie in an item.
  func held(by item: SourceItem) -> [(path: String, id: Int64)] { parts[item.path] ?? [] }

  /// What an item that was not taken in means for what is known of it.
  enum Consequence {
    /// The item may be as it was; nobody can tell.
    case kept
    /// What was known of the item stands in it no more.
    case gone
  }

  /// Notes that an item could not be taken in.
  mutating func note(_ error: DocumentError, for item: SourceItem) -> Consequence {
    // It went away after it was listed, which is no fault.
    if error.code == .notFound { return .gone }
    if error.isSkip {
      report.skipped.append(SyncFailure(source: record.name, isSkip: true, error: error))
      return .gone
    }
    report.failures.append(SyncFailure(source: record.name, isSkip: false, error: error))
    return .kept
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

extension DocumentError {
  /// Whether the item is as the user left it: nothing went wrong, and its former text is not in it any
  /// more.
  var isSkip: Bool { code == .unsupportedFormat || code == .empty || code == .disallowed }
}
