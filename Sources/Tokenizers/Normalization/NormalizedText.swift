/// A normalized piece of text as UTF-8, with the place in the original of each byte.
struct NormalizedText {
  private(set) var bytes: [UInt8] = []
  /// For each byte the first scalar of the original it comes from, relative to the piece.
  private(set) var starts: [UInt32] = []
  /// For each byte the scalar of the original behind those it comes from.
  private(set) var ends: [UInt32] = []

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func reserve(_ count: Int) {
    bytes.reserveCapacity(count)
    starts.reserveCapacity(count)
    ends.reserveCapacity(count)
  }

  @inline(__always)
  mutating func append(byte: UInt8, from start: UInt32, to end: UInt32) {
    bytes.append(byte)
    starts.append(start)
    ends.append(end)
  }

  mutating func append(bytes text: some Sequence<UInt8>, from start: UInt32, to end: UInt32) {
    for byte in text { append(byte: byte, from: start, to: end) }
  }

  /// Appends a part of another text, with its places.
  mutating func append(_ other: NormalizedText, _ range: Range<Int>) {
    bytes.append(contentsOf: other.bytes[range])
    starts.append(contentsOf: other.starts[range])
    ends.append(contentsOf: other.ends[range])
  }

  /// Appends UTF-8 as it is, scalars counted from `first`; returns how many there are.
  @discardableResult
  mutating func append(
    copying text: [UInt8],
    _ range: Range<Int>,
    firstScalar first: UInt32 = 0
  ) -> Int {
    reserve(bytes.count + range.count + 16)
    bytes.append(contentsOf: text[range])
    var index = first
    for position in range {
      // A continuation byte belongs to the scalar before it.
      if text[position] & 0xC0 != 0x80 || position == range.lowerBound { index &+= 1 }
      starts.append(index &- 1)
      ends.append(index)
    }
    return Int(index &- first)
  }

  mutating func append(scalar: UInt32, from start: UInt32, to end: UInt32) {
    switch scalar {
    case ..<0x80:
      append(byte: UInt8(truncatingIfNeeded: scalar), from: start, to: end)
    case ..<0x800:
      append(byte: UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6), from: start, to: end)
      append(continuation: scalar, from: start, to: end)
    case ..<0x1_0000:
      append(byte: UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12), from: start, to: end)
      append(continuation: scalar >> 6, from: start, to: end)
      append(continuation: scalar, from: start, to: end)
    default:
      append(byte: UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18), from: start, to: end)
      append(continuation: scalar >> 12, from: start, to: end)
      append(continuation: scalar >> 6, from: start, to: end)
      append(continuation: scalar, from: start, to: end)
    }
  }

  private mutating func append(continuation bits: UInt32, from start: UInt32, to end: UInt32) {
    append(byte: UInt8(truncatingIfNeeded: 0x80 | bits & 0x3F), from: start, to: end)
  }
}
