/// What becomes of the text that a split is made at.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  /// Adds one piece after the others; `pending` holds a piece that may still grow.
  func add(
    _ piece: Range<Int>,
    isDelimiter: Bool,
    to words: inout [Range<Int>],
    pending: inout (range: Range<Int>, isDelimiter: Bool)?
  ) {
    switch self {
    case .removed:
      if !isDelimiter { words.append(piece) }
    case .isolated:
      words.append(piece)
    case .contiguous:
      if let last = pending, last.isDelimiter == isDelimiter {
        pending = (last.range.lowerBound..<piece.upperBound, isDelimiter)
      } else {
        if let last = pending { words.append(last.range) }
        pending = (piece, isDelimiter)
      }
    case .mergedWithPrevious:
      if isDelimiter, let last = pending, !last.isDelimiter {
        words.append(last.range.lowerBound..<piece.upperBound)
        pending = nil
      } else {
        if let last = pending { words.append(last.range) }
        pending = (piece, isDelimiter)
      }
    case .mergedWithNext:
      if !isDelimiter, let last = pending, last.isDelimiter {
        words.append(last.range.lowerBound..<piece.upperBound)
        pending = nil
      } else {
        if let last = pending { words.append(last.range) }
        pending = (piece, isDelimiter)
      }
    }
  }
}
