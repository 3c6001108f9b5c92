/// Space that byte-pair encoding works in: the symbols of one word, as a list linked by index, and
/// the merges that may come next.
struct BytePairWorkspace {
  struct Symbol {
    var start: Int32
    var end: Int32
    var id: Int32
    /// Indices of the neighbours, -1 at the ends.
    var previous: Int32
    var next: Int32
    /// How soon this symbol merges with the next; `none` if never.
    var rank: UInt32
    /// What they merge to.
    var merged: Int32
  }

  /// A merge that was possible when it was noted.
  private struct Candidate {
    var rank: UInt32
    var index: Int32
    /// Where the merged text ends: tells whether the pair is still the same.
    var end: Int32

    @inline(__always)
    static func < (left: Candidate, right: Candidate) -> Bool {
      left.rank != right.rank ? left.rank < right.rank : left.index < right.index
    }
  }

  private static let none = UInt32.max
  /// Up to this many symbols the next merge is found by looking at all.
  private static let few = 24

  private(set) var symbols: [Symbol] = []
  private var heap: [Candidate] = []
  var cache: WordCache

  init(cache: WordCache) { self.cache = cache }

  /// Takes a word apart into symbols. A word of 2³¹ bytes or more is taken as unknown.
  mutating func begin(_ text: [UInt8], _ word: Range<Int>, _ model: BytePairEncoding) {
    symbols.removeAll(keepingCapacity: true)
    guard word.upperBound < Int(Int32.max) else { return }
    switch model.symbols {
    case .bytes:
      for position in word {
        append(position..<position + 1, model.byteIDs[Int(text[position])])
      }
    case .scalars:
      var position = word.lowerBound
      while position < word.upperBound {
        let start = position
        position = min(UTF8Reader.endOfScalar(at: position, in: text), word.upperBound)
        append(start..<position, model.table.id(of: text, start..<position) ?? -1)
      }
    }
    if !symbols.isEmpty { symbols[symbols.count - 1].next = -1 }
  }

  @inline(__always)
  private mutating func append(_ range: Range<Int>, _ id: Int32) {
    let index = Int32(truncatingIfNeeded: symbols.count)
    symbols.append(
      Symbol(
        start: Int32(truncatingIfNeeded: range.lowerBound),
        end: Int32(truncatingIfNeeded: range.upperBound),
        id: id,
        previous: index - 1,
        next: index + 1,
        rank: Self.none,
        merged: -1
      )
    )
  }

  mutating func merge(_ text: [UInt8], _ model: BytePairEncoding) {
    guard symbols.count > 1 else { return }
    for index in symbols.indices { rate(index, text, model) }
    if symbols.count <= Self.few { mergeFew(text, model) } else { mergeMany(text, model) }
  }

  /// Notes how soon a symbol merges with the next.
  @inline(__always)
  private mutating func rate(_ index: Int, _ text: [UInt8], _ model: BytePairEncoding) {
    let symbol = symbols[index]
    symbols[index].rank = Self.none
    guard symbol.next >= 0 else { return }
    let next = symbols[Int(symbol.next)]
    switch model.merges {
    case .pairs(let merges):
      guard symbol.id >= 0, next.id >= 0, let merge = merges.merge(symbol.id, next.id) else {
        return
      }
      symbols[index].rank = merge.rank
      symbols[index].merged = merge.id
    case .spelled(let ranks):
      let range = Int(symbol.start)..<Int(next.end)
      guard range.count <= model.table.longest, let id = model.table.id(of: text, range) else {
        return
      }
      symbols[index].rank = ranks[Int(id)]
      symbols[index].merged = id
    }
  }

  private mutating func mergeFew(_ text: [UInt8], _ model: BytePairEncoding) {
    while true {
      var best = -1
      var bestRank = Self.none
      var index = 0
      while index >= 0 {
        let symbol = symbols[index]
        if symbol.rank < bestRank {
          bestRank = symbol.rank
          best = index
        }
        index = Int(symbol.next)
      }
      guard best >= 0 else { return }
      join(best, text, model)
    }
  }

  private mutating func mergeMany(_ text: [UInt8], _ model: BytePairEncoding) {
    heap.removeAll(keepingCapacity: true)
    for index in symbols.indices { note(index) }
    while let candidate = popFirst() {
      let index = Int(candidate.index)
      let symbol = symbols[index]
      // A pair that has changed since was noted anew.
      guard symbol.rank == candidate.rank, symbol.next >= 0,
        symbols[Int(symbol.next)].end == candidate.end
      else { continue }
      join(index, text, model)
      note(index)
      if symbol.previous >= 0 { note(Int(symbol.previous)) }
    }
  }

  /// Joins a symbol with the next.
  @inline(__always)
  private mutating func join(_ index: Int, _ text: [UInt8], _ model: BytePairEncoding) {
    let next = Int(symbols[index].next)
    let after = symbols[next].next
    symbols[index].end = symbols[next].end
    symbols[index].id = symbols[index].merged
    symbols[index].next = after
    symbols[next].rank = Self.none
    symbols[next].next = -1
    if after >= 0 { symbols[Int(after)].previous = Int32(truncatingIfNeeded: index) }
    rate(index, text, model)
    let previous = symbols[index].previous
    if previous >= 0 { rate(Int(previous), text, model) }
  }

  private mutating func note(_ index: Int) {
    let symbol = symbols[index]
    guard symbol.rank != Self.none, symbol.next >= 0 else { return }
    heap.append(
      Candidate(
        rank: symbol.rank,
        index: Int32(truncatingIfNeeded: index),
        end: symbols[Int(symbol.next)].end
      )
    )
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func popFirst() -> Candidate? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1...2 * parent + 2
      where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
