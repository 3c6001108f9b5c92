import GRDB
import Knowledge
import Synchronization
import VectorIndex

/// The segments that the database names, open and ready to search.
///
/// What was loaded is kept until the database's generation moves on; segments that stay are not
/// opened again.
final class LiveIndex: Sendable {
  private struct State {
    var generation: Int64
    var sets: [StoredPassage.Kind: SegmentSet]
  }

  private let directory: String
  private let state = Mutex<State?>(nil)

  init(directory: String) {
    self.directory = directory
  }

  /// The segments of a kind in the state that `db` sees; nil before the first batch.
  ///
  /// - Throws: `IndexError` where a file is missing or damaged.
  func segments(of kind: StoredPassage.Kind, _ db: Database) throws -> SegmentSet? {
    try load(db)?.sets[kind]
  }

  /// Opens one segment and makes sure that it is the one the database names.
  func open(
    _ segment: IndexedSegment,
    embedder: String,
    dimension: Int
  ) throws(IndexError) -> Segment {
    let path = directory + "/" + segment.description.name
    let opened = try Segment(path: path, embedder: embedder, dimension: dimension)
    guard opened.description == segment.description else {
      throw IndexError(
        .damaged,
        "The index segment is not the one that the database names.",
        subject: path,
        remedy: "Delete the file; it is built again from the database."
      )
    }
    return opened
  }

  private func load(_ db: Database) throws -> State? {
    guard let embedder = try Meta.embedder.text(db),
      let dimension = try Meta.dimension.integer(db).map(Int.init),
      let generation = try Meta.generation.integer(db)
    else { return nil }
    let known = state.withLock { $0 }
    if let known, known.generation == generation { return known }
    var open: [SegmentDescription: Segment] = [:]
    for set in known?.sets.values.map(\.segments) ?? [] {
      for segment in set { open[segment.description] = segment }
    }
    let tombstones = try Int64.fetchAll(db, sql: "SELECT passage FROM tombstones")
    var segments: [StoredPassage.Kind: [Segment]] = [:]
    for named in try IndexedSegment.all(db) {
      let segment =
        try open[named.description]
        ?? self.open(named, embedder: embedder, dimension: dimension)
      segments[named.kind, default: []].append(segment)
    }
    let loaded = State(
      generation: generation,
      sets: segments.mapValues {
        SegmentSet(segments: $0, dimension: dimension, tombstones: tombstones)
      }
    )
    state.withLock { $0 = loaded }
    return loaded
  }
}
