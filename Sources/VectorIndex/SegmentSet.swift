/// All segments of a collection of vectors, without the vectors that are dead.
///
/// A value: it never changes, and stays searchable when the files it maps are unlinked.
public struct SegmentSet: Sendable {
  public let segments: [Segment]
  public let dimension: Int
  /// Rows of dead vectors, by segment.
  let deadRows: [[Int]]

  /// A set of the segments given, which all hold vectors of the same dimension.
  ///
  /// - Parameters:
  ///   - segments: Open segments that share no identifier.
  ///   - dimension: Components of each vector.
  ///   - tombstones: Identifiers of dead vectors, in any order; others may be among them.
  public init(segments: [Segment], dimension: Int, tombstones: some Sequence<Int64>) {
    self.segments = segments
    self.dimension = dimension
    let dead = Array(tombstones)
    deadRows = segments.map { segment in dead.compactMap { segment.row(of: $0) } }
  }

  /// Number of vectors, dead ones included.
  public var count: Int { segments.reduce(0) { $0 + $1.count } }
  /// Number of vectors that a search can find.
  public var liveCount: Int { count - deadRows.reduce(0) { $0 + $1.count } }
  /// How many vectors of a segment are dead.
  public func deadCount(ofSegment index: Int) -> Int { deadRows[index].count }
}
