import Foundation
import TestSupport
import Testing
import VectorIndex

@Suite struct SegmentTests {
  private let ids: [Int64] = [-5, 0, 3, 900, .max]

  private func vectors(_ count: Int, _ dimension: Int, seed: UInt64 = 1) -> [[Float]] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in generator.unitVector(dimension) }
  }

  @Test(arguments: [1, 7, 64, 384])
  func opensWhatWasWritten(_ dimension: Int) throws {
    let fixture = try SegmentFixture(dimension: dimension)
    let vectors = vectors(ids.count, dimension)
    let description = try fixture.writer.write(name: "a", ids: ids) { vectors[$0] }
    let segment = try fixture.open("a")
    #expect(segment.description == description)
    #expect(segment.count == ids.count)
    #expect(segment.withIDs { Array($0) } == ids)
    #expect(ids.map { segment.row(of: $0) } == [0, 1, 2, 3, 4])
    #expect(segment.row(of: 4) == nil && segment.row(of: .min) == nil)
    #expect(try fixture.files == ["a"])
  }

  /// The layout is a promise to later programs.
  @Test func headerStandsWhereDocumented() throws {
    let fixture = try SegmentFixture(dimension: 3)
    try fixture.writer.write(name: "a", ids: [1, 2]) { _ in [1, 0, -1] }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture.path("a"))))
    func number(_ offset: Int, _ size: Int) -> Int {
      bytes[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(String(decoding: bytes[0..<8], as: UTF8.self) == "ATTUNEVX")
    let numbers: [Int] = [number(8, 4), number(12, 4), number(16, 8), number(32, 4)]
    let expected: [Int] = [1, 3, 2, 3]
    #expect(numbers == expected)
    #expect(number(40, 8) == bytes.count)
    let names = (0..<3).map { index in
      String(decoding: bytes[(64 + index * 48)...].prefix { $0 != 0 }, as: UTF8.self)
    }
    #expect(names == ["ids", "codes", "scales"])
    let codes = number(64 + 48 + 16, 8)
    #expect(codes % 64 == 0 && number(64 + 48 + 24, 8) == 6)
    #expect(
      bytes[codes..<(codes + 6)].map { Int8(bitPattern: $0) } == [127, 0, -127, 127, 0, -127]
    )
  }

  @Test func refusesBadVectors() throws {
    let fixture = try SegmentFixture(dimension: 4)
    let bad: [[Float]] = [[1, 2, 3], [1, 2, 3, .nan], [1, 2, 3, .infinity], []]
    for vector in bad {
      #expect(throws: IndexError.self) {
        try fixture.writer.write(name: "a", ids: [1]) { _ in vector }
      }
    }
    for ids: [Int64] in [[2, 1], [1, 1]] {
      #expect(throws: IndexError.self) {
        try fixture.writer.write(name: "a", ids: ids) { _ in [1, 0, 0, 0] }
      }
    }
    #expect(try fixture.files.isEmpty)
  }

  @Test func anErrorOfTheCallerLeavesNothing() throws {
    struct Stop: Error {}
    let fixture = try SegmentFixture(dimension: 4)
    #expect(throws: Stop.self) {
      try fixture.writer.write(name: "a", ids: [1, 2]) { position in
        if position == 1 { throw Stop() }
        return [1, 0, 0, 0]
      }
    }
    #expect(try fixture.files.isEmpty)
  }

  @Test func saysWhatIsWrong() throws {
    let fixture = try SegmentFixture(dimension: 4)
    try fixture.writer.write(name: "a", ids: [1]) { _ in [1, 0, 0, 0] }
    func code(_ body: () throws -> Segment) -> IndexError.Code? {
      do {
        _ = try body()
        return nil
      } catch { return (error as? IndexError)?.code }
    }
    #expect(code { try fixture.open("none") } == .missing)
    #expect(
      code { try Segment(path: fixture.path("a"), embedder: "other", dimension: 4) }
        == .wrongEmbedder
    )
    #expect(
      code {
        try Segment(path: fixture.path("a"), embedder: SegmentFixture.embedder, dimension: 5)
      } == .wrongEmbedder
    )
    try fixture.folder.write("", to: "empty")
    #expect(code { try fixture.open("empty") } == .damaged)
    try fixture.folder.write(String(repeating: "no segment ", count: 30), to: "text")
    #expect(code { try fixture.open("text") } == .damaged)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path("a")))
    bytes[8] = 9
    try fixture.folder.write(bytes, to: "newer")
    #expect(code { try fixture.open("newer") } == .unknownFormat)
    #expect(code { try fixture.open(".") } == .inputOutput)
  }

  @Test func everyTruncationIsFound() throws {
    let fixture = try SegmentFixture(dimension: 5)
    let vectors = vectors(ids.count, 5)
    try fixture.writer.write(name: "a", ids: ids) { vectors[$0] }
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.path("a")))
    for length in 0..<whole.count {
      try fixture.folder.write(whole.prefix(length), to: "b")
      #expect(throws: IndexError.self) { try fixture.open("b") }
    }
    try fixture.folder.write(whole + [0], to: "b")
    #expect(throws: IndexError.self) { try fixture.open("b") }
  }

  @Test func everyFlippedBitInUseIsFound() throws {
    let fixture = try SegmentFixture(dimension: 5)
    let vectors = vectors(ids.count, 5)
    try fixture.writer.write(name: "a", ids: ids) { vectors[$0] }
    let segment = try fixture.open("a")
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.path("a")))
    for position in whole.indices {
      var changed = whole
      changed[position] ^= UInt8(1 << (position % 8))
      try fixture.folder.write(changed, to: "b")
      // Padding and reserved bytes mean nothing; a change there must not change what is read.
      guard let opened = try? fixture.open("b") else { continue }
      #expect(opened.description.checksum == segment.description.checksum)
      #expect(opened.withIDs { Array($0) } == ids)
    }
  }

  /// Damage that carries a right header checksum: every number is still checked on its own.
  @Test func wildNumbersUnderARightChecksumDoNotTrap() throws {
    let fixture = try SegmentFixture(dimension: 5)
    let vectors = vectors(ids.count, 5)
    try fixture.writer.write(name: "a", ids: ids) { vectors[$0] }
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture.path("a"))))
    var generator = SplitMix64(seed: 77)
    let wild: [UInt64] = [0, 1, 63, 64, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max, .max - 63]
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0...Int.random(in: 0...2, using: &generator) {
        let offset = Int.random(in: 2..<26, using: &generator) * 8
        let value =
          Bool.random(using: &generator)
          ? wild[Int.random(in: wild.indices, using: &generator)] : generator.next()
        for byte in 0..<8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
      }
      let sections = Int(bytes[32])
      let directory = bytes[64..<min(bytes.count, 64 + sections * 48)]
      let sum = (bytes[0..<48] + directory).withUnsafeBytes { Checksum.of($0) }
      for byte in 0..<8 { bytes[48 + byte] = UInt8(truncatingIfNeeded: sum >> (8 * byte)) }
      try fixture.folder.write(Data(bytes), to: "b")
      _ = try? fixture.open("b")
    }
  }

  @Test func mergingKeepsTheLiveOnes() throws {
    let fixture = try SegmentFixture(dimension: 6)
    let vectors = vectors(9, 6)
    let first = try fixture.segment("a", ids: [1, 4, 7], Array(vectors[0..<3]))
    let second = try fixture.segment("b", ids: [2, 3, 9], Array(vectors[3..<6]))
    let dead: Set<Int64> = [4, 9]
    try fixture.writer.merge(name: "c", [first, second]) { !dead.contains($0) }
    let merged = try fixture.open("c")
    #expect(merged.withIDs { Array($0) } == [1, 2, 3, 7])
    let before = SegmentSet(segments: [first, second], dimension: 6, tombstones: dead)
    let after = SegmentSet(segments: [merged], dimension: 6, tombstones: [])
    #expect(before.liveCount == 4 && before.count == 6 && after.count == 4)
    #expect(before.deadCount(ofSegment: 0) == 1)
    // Codes are copied, so that every score stays the same to the bit.
    #expect(try before.search(vectors[8], limit: 9) == after.search(vectors[8], limit: 9))
    #expect(try fixture.writer.merge(name: "d", [first]) { _ in false } == nil)
    #expect(try fixture.files == ["a", "b", "c"])
    // Two segments that hold the same identifier are no part of one index.
    #expect(throws: IndexError.self) {
      try fixture.writer.merge(name: "e", [first, merged]) { _ in true }
    }
  }

  @Test func staysReadableWhenItsFileIsDeleted() throws {
    let fixture = try SegmentFixture(dimension: 6)
    let segment = try fixture.segment("a", ids: [1, 2], vectors(2, 6))
    try FileManager.default.removeItem(atPath: fixture.path("a"))
    #expect(segment.withIDs { Array($0) } == [1, 2])
  }
}
