/// The pieces of the words spelled so far, and space the spelling works in.
struct PieceScratch {
  private(set) var ids: [Int32] = []
  /// Ranges of bytes in the normalized text.
  private(set) var ranges: [Range<Int>] = []
  var hashes: [UInt64] = []

  var count: Int { ids.count }

  @inline(__always)
  mutating func append(_ id: Int32, _ range: Range<Int>) {
    ids.append(id)
    ranges.append(range)
  }

  mutating func removeAll(from mark: Int = 0) {
    ids.removeLast(ids.count - mark)
    ranges.removeLast(ranges.count - mark)
  }
}
