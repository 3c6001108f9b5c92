/// Chooses how much of a passage is quoted around its best sentence.
enum QuoteWindow {
  /// The sentences around `center` that fit into `limit` Unicode scalars, the nearest first and of two as
  /// near the later one. The best sentence is taken whole, however long.
  static func around(_ center: Int, of sentences: [Range<Int>], limit: Int) -> ClosedRange<Int> {
    var first = center
    var last = center
    func length(_ first: Int, _ last: Int) -> Int {
      sentences[last].upperBound - sentences[first].lowerBound
    }
    while true {
      let after = last + 1 < sentences.count && length(first, last + 1) <= limit
      let before = first > 0 && length(first - 1, last) <= limit
      if after, !before || last + 1 - center <= center - first + 1 {
        last += 1
      } else if before {
        first -= 1
      } else {
        return first...last
      }
    }
  }
}
