/// A text that is cut by Unicode-scalar offsets in constant time.
///
/// Swift's strings count from the start for that; an index with a step of 64 scalars avoids it.
public struct IndexedText: Sendable {
  private static let step = 64

  let utf8: [UInt8]
  /// The byte offset of every 64th scalar.
  private let steps: [Int]
  /// How many Unicode scalars the text has.
  public let count: Int

  public init(_ text: String) {
    utf8 = Array(text.utf8)
    var steps: [Int] = []
    var count = 0
    for (offset, byte) in utf8.enumerated() where byte & 0xC0 != 0x80 {
      if count % Self.step == 0 { steps.append(offset) }
      count += 1
    }
    self.steps = steps
    self.count = count
  }

  /// The text at a range of scalar offsets, or nil where the range leaves the text.
  public func slice(_ range: Range<Int>) -> String? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    return String(decoding: bytes(range), as: UTF8.self)
  }

  /// The bytes at a range that lies within the text.
  func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
    let start = byteOffset(range.lowerBound)
    return utf8[start..<max(start, byteOffset(range.upperBound))]
  }

  private func byteOffset(_ scalar: Int) -> Int {
    guard scalar < count else { return utf8.count }
    if count == utf8.count { return scalar }
    var offset = steps[scalar / Self.step]
    for _ in 0..<(scalar % Self.step) {
      offset += 1
      while offset < utf8.count, utf8[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
