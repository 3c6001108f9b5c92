import VectorIndex

/// Which segments of one kind are written again.
struct CompactionPlan {
  let tombstones: Set<Int64>
  let compaction: Compaction
  private var whole: [(name: String, segment: Segment, dead: Int)] = []
  private var lost: [String] = []

  init(tombstones: Set<Int64>, compaction: Compaction) {
    self.tombstones = tombstones
    self.compaction = compaction
  }

  /// Takes in a segment that the database names; nil where its file is lost or damaged.
  mutating func add(_ name: String, _ segment: Segment?) {
    guard let segment else {
      lost.append(name)
      return
    }
    let dead = segment.withIDs { ids in
      // Whichever is shorter is walked.
      tombstones.count < ids.count
        ? tombstones.count { segment.row(of: $0) != nil } : ids.count { tombstones.contains($0) }
    }
    whole.append((name, segment, dead))
  }

  var lostAny: Bool { !lost.isEmpty || compaction == .rebuild }
  /// Names that end.
  var replaced: [String] { lost + chosen.map(\.name) }
  /// Segments whose live vectors go into one new segment.
  var merged: [Segment] { chosen.map(\.segment) }
  /// Every identifier that some readable segment holds.
  var covered: Set<Int64> {
    Set(whole.flatMap { segment in segment.segment.withIDs { Array($0) } })
  }

  /// Sizes fall by at least half from each segment to the next, so that there are few of them and
  /// every vector is written again only a few times as the index grows.
  private var chosen: [(name: String, segment: Segment, dead: Int)] {
    let sorted = whole.sorted { $0.segment.count > $1.segment.count }
    var smaller = sorted.reduce(0) { $0 + $1.segment.count }
    var firstSmall = sorted.count
    for (position, entry) in sorted.enumerated() {
      smaller -= entry.segment.count
      if smaller > 0, entry.segment.count <= 2 * smaller {
        firstSmall = position
        break
      }
    }
    return sorted.enumerated().filter { position, entry in
      position >= firstSmall || isWorthwhile(entry.dead, of: entry.segment.count)
    }.map(\.element)
  }

  private func isWorthwhile(_ dead: Int, of count: Int) -> Bool {
    switch compaction {
    case .everythingDead, .rebuild: dead > 0
    case .whereWorthwhile: dead * 4 >= count && dead > 0
    }
  }
}
