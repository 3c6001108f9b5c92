/// A split pattern as it was read.
indirect enum PatternNode {
  enum Greed { case greedy, lazy, possessive }

  case set(ScalarSet)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `most` is nil without an upper bound.
  case repeated(PatternNode, least: Int, most: Int?, Greed)
  case look(PatternNode, ahead: Bool, negated: Bool)
  case atomic(PatternNode)
  case atStart
  case atEnd
  case atLineStart
  case atLineEnd

  /// Whether the node matches nothing at all, at some place.
  var mayBeEmpty: Bool {
    switch self {
    case .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.mayBeEmpty)
    case .alternatives(let nodes): nodes.contains(where: \.mayBeEmpty)
    case .repeated(let node, let least, _, _): least == 0 || node.mayBeEmpty
    case .atomic(let node): node.mayBeEmpty
    case .look, .atStart, .atEnd, .atLineStart, .atLineEnd: true
    }
  }

  /// The set that the node is, if it matches exactly one scalar.
  var asSet: ScalarSet? {
    switch self {
    case .set(let set): set
    case .sequence(let nodes): nodes.count == 1 ? nodes.first?.asSet : nil
    case .alternatives(let nodes): nodes.count == 1 ? nodes.first?.asSet : nil
    default: nil
    }
  }

  /// The ASCII bytes that a match may begin with, and whether it may begin otherwise; nil where
  /// anything may come.
  var firstASCII: (low: UInt64, high: UInt64)? {
    switch self {
    case .set(let set): return set.ascii
    case .sequence(let nodes):
      var union: (low: UInt64, high: UInt64) = (0, 0)
      for node in nodes {
        if case .look = node { continue }
        guard let first = node.firstASCII else { return nil }
        union = (union.low | first.low, union.high | first.high)
        if !node.mayBeEmpty { return union }
      }
      return nil
    case .alternatives(let nodes):
      var union: (low: UInt64, high: UInt64) = (0, 0)
      for node in nodes {
        guard let first = node.firstASCII, !node.mayBeEmpty else { return nil }
        union = (union.low | first.low, union.high | first.high)
      }
      return union
    case .repeated(let node, _, _, _): return node.firstASCII
    case .atomic(let node): return node.firstASCII
    case .look, .atStart, .atEnd, .atLineStart, .atLineEnd: return nil
    }
  }
}
