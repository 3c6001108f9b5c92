import TestSupport
import Testing
import VectorIndex

@Suite struct SegmentSearchTests {
  enum Shape: String, CaseIterable, Sendable {
    case random, clustered, nearDuplicates

    func vectors(_ count: Int, _ dimension: Int, _ generator: inout SplitMix64) -> [[Float]] {
      switch self {
      case .random:
        return (0..<count).map { _ in generator.unitVector(dimension) }
      case .clustered, .nearDuplicates:
        let spread: Float = self == .clustered ? 0.5 : 0.05
        let centers = (0..<max(1, count / 100)).map { _ in generator.unitVector(dimension) }
        return (0..<count).map { index in
          generator.neighbor(of: centers[index % centers.count], spread: spread)
        }
      }
    }
  }

  private static func product(_ a: [Float], _ b: [Float]) -> Float {
    var sum: Float = 0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  /// The oracle: every vector, at full precision.
  private static func nearest(_ query: [Float], _ vectors: [[Float]], _ limit: Int) -> [Float] {
    Array(vectors.map { product($0, query) }.sorted(by: >).prefix(limit))
  }

  @Test(arguments: Shape.allCases)
  func candidatesHoldTheTrueNearest(_ shape: Shape) throws {
    let (count, dimension, limit) = (8000, 384, 10)
    var generator = SplitMix64(seed: 42)
    let vectors = shape.vectors(count, dimension, &generator)
    let fixture = try SegmentFixture(dimension: dimension)
    let half = count / 2
    let segments = [
      try fixture.segment("a", ids: (0..<Int64(half)).map(\.self), Array(vectors[..<half])),
      try fixture.segment(
        "b",
        ids: (Int64(half)..<Int64(count)).map(\.self),
        Array(vectors[half...])
      ),
    ]
    let set = SegmentSet(segments: segments, dimension: dimension, tombstones: [])
    var found = 0
    var wanted = 0
    var passedOn = 0
    for round in 0..<40 {
      let query =
        round % 2 == 0
        ? generator.unitVector(dimension)
        : generator.neighbor(of: vectors[round * 100], spread: 0.6)
      let candidates = try set.search(query, limit: limit)
      for candidate in candidates {
        let exact = Self.product(vectors[Int(candidate.id)], query)
        #expect(abs(exact - candidate.score) <= candidate.margin)
      }
      passedOn += candidates.count
      let bound = Self.nearest(query, vectors, limit)[limit - 1]
      let exact = candidates.map { Self.product(vectors[Int($0.id)], query) }
      found += min(limit, exact.count { $0 >= bound })
      wanted += limit
    }
    #expect(Double(found) / Double(wanted) >= 0.999)
    // Rescoring must stay cheap, or the quantised scan would be for nothing.
    if shape != .nearDuplicates { #expect(passedOn / 40 < count / 20) }
  }

  @Test func aFilterNeverCostsRecall() throws {
    let (count, dimension) = (3000, 64)
    var generator = SplitMix64(seed: 7)
    let vectors = Shape.clustered.vectors(count, dimension, &generator)
    let fixture = try SegmentFixture(dimension: dimension)
    let ids = (0..<Int64(count)).map(\.self)
    let set = SegmentSet(
      segments: [
        try fixture.segment("a", ids: Array(ids[..<700]), Array(vectors[..<700])),
        try fixture.segment("b", ids: Array(ids[700...]), Array(vectors[700...])),
      ],
      dimension: dimension,
      tombstones: []
    )
    for share in [0.0, 0.002, 0.05, 0.5, 1] {
      let allowed = ids.filter { _ in generator.unit() < share }
      let query = generator.unitVector(dimension)
      let candidates = try set.search(query, limit: 10, allowed: allowed)
      #expect(Set(candidates.map(\.id)).isSubset(of: allowed))
      let expected = Self.nearest(query, allowed.map { vectors[Int($0)] }, 10)
      let exact = candidates.map { Self.product(vectors[Int($0.id)], query) }.sorted(by: >)
      #expect(Array(exact.prefix(10)) == expected)
    }
  }

  @Test func deadVectorsAreNeverFound() throws {
    let fixture = try SegmentFixture(dimension: 8)
    var generator = SplitMix64(seed: 3)
    let vectors = (0..<50).map { _ in generator.unitVector(8) }
    let segment = try fixture.segment("a", ids: (0..<50).map { Int64($0) * 2 }, vectors)
    // Odd ones are in no segment.
    let dead = (0..<60).map { Int64($0) }
    let set = SegmentSet(segments: [segment], dimension: 8, tombstones: dead)
    #expect(set.liveCount == 20)
    let found = try set.search(vectors[0], limit: 50)
    #expect(found.count == 20 && found.allSatisfy { $0.id >= 60 })
    #expect(try set.search(vectors[0], limit: 5, allowed: [0, 2, 4]).isEmpty)
  }

  @Test func edges() throws {
    let fixture = try SegmentFixture(dimension: 4)
    let empty = SegmentSet(segments: [], dimension: 4, tombstones: [])
    #expect(try empty.search([1, 0, 0, 0], limit: 3).isEmpty)
    let segment = try fixture.segment("a", ids: [1, 2], [[1, 0, 0, 0], [0, 0, 0, 0]])
    let set = SegmentSet(segments: [segment], dimension: 4, tombstones: [])
    #expect(try set.search([1, 0, 0, 0], limit: 10).map(\.id) == [1, 2])
    #expect(try set.search([1, 0, 0, 0], limit: 0).isEmpty)
    #expect(try set.search([1, 0, 0, 0], limit: .max).count == 2)
    #expect(try set.search([0, 0, 0, 0], limit: 2).count == 2)
    #expect(throws: IndexError.self) { try set.search([1, 0, 0], limit: 1) }
    #expect(throws: IndexError.self) { try set.search([1, 0, 0, .nan], limit: 1) }
  }
}
