/// Which two tokens merge to which, and how soon: open addressing over pairs of ids.
struct MergeTable: Sendable {
  private static let empty = UInt64.max

  private var keys: [UInt64]
  private var values: [(rank: UInt32, id: Int32)]
  private var mask: Int
  private var count = 0

  init(expected: Int) {
    var capacity = 16
    while capacity < expected * 2 { capacity *= 2 }
    keys = Array(repeating: Self.empty, count: capacity)
    values = Array(repeating: (0, 0), count: capacity)
    mask = capacity - 1
  }

  /// Adds a merge; the last of several for one pair counts.
  mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, id: Int32) {
    if (count + 1) * 2 > keys.count { grow() }
    let slot = slot(of: Self.key(left, right))
    if keys[slot] == Self.empty { count += 1 }
    keys[slot] = Self.key(left, right)
    values[slot] = (rank, id)
  }

  private mutating func grow() {
    let old = zip(keys, values).filter { $0.0 != Self.empty }
    keys = Array(repeating: Self.empty, count: keys.count * 2)
    values = Array(repeating: (0, 0), count: keys.count)
    mask = keys.count - 1
    for (key, value) in old {
      let slot = slot(of: key)
      keys[slot] = key
      values[slot] = value
    }
  }

  /// The merge of two tokens, if there is one.
  @inline(__always)
  func merge(_ left: Int32, _ right: Int32) -> (rank: UInt32, id: Int32)? {
    let key = Self.key(left, right)
    let slot = slot(of: key)
    return keys[slot] == key ? values[slot] : nil
  }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// Where a key stands, or would stand.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    // Fibonacci hashing spreads neighbouring ids.
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> 32) & mask
    while keys[slot] != key && keys[slot] != Self.empty { slot = (slot + 1) & mask }
    return slot
  }
}
