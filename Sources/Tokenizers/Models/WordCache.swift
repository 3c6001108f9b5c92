/// The spellings of words met before. It forgets everything when it is full.
struct WordCache {
  /// Longer words are not kept, in bytes.
  static let longestWord = 48
  private static let slotCount = 1 << 15
  private static let mostBytes = 1 << 19

  private struct Entry {
    var hash: UInt64 = 0
    var textStart: UInt32 = 0
    var textCount: UInt16 = 0
    var pieceCount: UInt16 = 0
    var pieceStart: UInt32 = 0
  }

  private var entries: [Entry] = []
  private var text: [UInt8] = []
  private var ids: [Int32] = []
  /// The bytes of each piece: where it begins in the word and where it ends.
  private var bounds: [(start: UInt8, end: UInt8)] = []

  /// Appends the pieces of a word; false if the word is not known.
  @inline(__always)
  func append(
    _ bytes: [UInt8],
    _ word: Range<Int>,
    _ hash: UInt64,
    to pieces: inout PieceScratch
  ) -> Bool {
    guard !entries.isEmpty else { return false }
    let entry = entries[Self.slot(of: hash)]
    guard entry.hash == hash, Int(entry.textCount) == word.count else { return false }
    let start = Int(entry.textStart)
    for index in 0..<word.count where text[start + index] != bytes[word.lowerBound + index] {
      return false
    }
    let first = Int(entry.pieceStart)
    for index in first..<first + Int(entry.pieceCount) {
      let bound = bounds[index]
      let low = word.lowerBound + Int(bound.start)
      pieces.append(ids[index], low..<word.lowerBound + Int(bound.end))
    }
    return true
  }

  mutating func insert(
    _ bytes: [UInt8],
    _ word: Range<Int>,
    _ hash: UInt64,
    _ pieces: PieceScratch,
    from first: Int
  ) {
    if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.slotCount) }
    if text.count + word.count > Self.mostBytes {
      entries = Array(repeating: Entry(), count: Self.slotCount)
      text.removeAll(keepingCapacity: true)
      ids.removeAll(keepingCapacity: true)
      bounds.removeAll(keepingCapacity: true)
    }
    let count = pieces.count - first
    entries[Self.slot(of: hash)] = Entry(
      hash: hash,
      textStart: UInt32(text.count),
      textCount: UInt16(word.count),
      pieceCount: UInt16(count),
      pieceStart: UInt32(ids.count)
    )
    text.append(contentsOf: bytes[word])
    for index in first..<pieces.count {
      ids.append(pieces.ids[index])
      let range = pieces.ranges[index]
      // A kept word is short, so its places fit a byte.
      bounds.append(
        (
          UInt8(truncatingIfNeeded: range.lowerBound - word.lowerBound),
          UInt8(truncatingIfNeeded: range.upperBound - word.lowerBound)
        )
      )
    }
  }

  @inline(__always)
  private static func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 29) & (slotCount - 1)
  }
}
