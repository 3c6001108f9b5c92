/// Maps byte strings to ids, and finds the longest one that a text begins with.
///
/// Open addressing over one pool of bytes: a lookup allocates nothing. All prefixes of a word are
/// hashed in one pass, then looked up from the longest down.
struct ByteStringTable: Sendable {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var count: Int
    var id: Int32
  }

  private var pool: [UInt8] = []
  private var entries: [Entry] = []
  private var slots: [Int32]
  private var mask: Int
  private(set) var longest = 0

  /// - Parameter expected: how many strings will be added at most.
  init(expected: Int) {
    var capacity = 16
    while capacity < expected * 2 { capacity *= 2 }
    slots = Array(repeating: -1, count: capacity)
    mask = capacity - 1
    entries.reserveCapacity(expected)
  }

  /// Adds a string that is not empty; a string already there gets the new id.
  mutating func insert(_ bytes: some Collection<UInt8>, id: Int32) {
    guard !bytes.isEmpty else { return }
    var hash = Self.basis
    for byte in bytes { hash = Self.hash(hash, byte) }
    let start = pool.count
    pool.append(contentsOf: bytes)
    let count = pool.count - start
    var slot = self.slot(of: hash)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash && entries[index].count == count
        && pool[entries[index].start..<entries[index].start + count]
          .elementsEqual(pool[start...])
      {
        entries[index].id = id
        pool.removeLast(count)
        return
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(hash: hash, start: start, count: count, id: id))
    longest = max(longest, count)
    if entries.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = slot(of: entry.hash)
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }

  /// The id of a string.
  func id(of bytes: [UInt8]) -> Int32? {
    var hash = Self.basis
    for byte in bytes { hash = Self.hash(hash, byte) }
    return id(of: bytes, from: 0, count: bytes.count, hash: hash)
  }

  /// The id of a part of a text.
  @inline(__always)
  func id(of text: [UInt8], _ range: Range<Int>) -> Int32? {
    guard range.count <= longest else { return nil }
    let hash = Self.hash(of: text, range)
    return id(of: text, from: range.lowerBound, count: range.count, hash: hash)
  }

  /// The hash of a part of a text.
  @inline(__always)
  static func hash(of text: [UInt8], _ range: Range<Int>) -> UInt64 {
    var hash = basis
    for index in range { hash = Self.hash(hash, text[index]) }
    return hash
  }

  /// Calls `body` for each string of the table that `text[range]` begins with, shortest first.
  func forEachPrefix(
    of text: [UInt8],
    _ range: Range<Int>,
    _ body: (_ id: Int32, _ count: Int) -> Void
  ) {
    var hash = Self.basis
    for count in 1...max(1, min(range.count, longest)) where count <= range.count {
      hash = Self.hash(hash, text[range.lowerBound + count - 1])
      if let id = id(of: text, from: range.lowerBound, count: count, hash: hash) {
        body(id, count)
      }
    }
  }

  /// The longest string of the table that `text[range]` begins with; `hashes` is scratch space,
  /// kept between calls to save allocations.
  func longestPrefix(
    of text: [UInt8],
    _ range: Range<Int>,
    hashes: inout [UInt64]
  ) -> (id: Int32, count: Int)? {
    let limit = min(range.count, longest)
    if hashes.count < limit {
      hashes.append(contentsOf: repeatElement(0, count: limit - hashes.count))
    }
    var hash = Self.basis
    for index in 0..<limit {
      hash = Self.hash(hash, text[range.lowerBound + index])
      hashes[index] = hash
    }
    var count = limit
    while count > 0 {
      if let id = id(of: text, from: range.lowerBound, count: count, hash: hashes[count - 1]) {
        return (id, count)
      }
      count -= 1
    }
    return nil
  }

  @inline(__always)
  private func id(of text: [UInt8], from start: Int, count: Int, hash: UInt64) -> Int32? {
    var slot = slot(of: hash)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash && entry.count == count && matches(entry, text, start) {
        return entry.id
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func matches(_ entry: Entry, _ text: [UInt8], _ start: Int) -> Bool {
    for index in 0..<entry.count where pool[entry.start + index] != text[start + index] {
      return false
    }
    return true
  }

  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
  }

  /// FNV-1a, 64 bits (RFC 9923).
  private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
