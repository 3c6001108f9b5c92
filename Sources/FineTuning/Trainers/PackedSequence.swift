public import Datasets

/// Examples one after another, to go through a generator together: none sees another.
public struct PackedSequence: Sendable, Equatable {
  /// The tokens of all examples.
  public let tokens: [Int32]
  /// The tokens of each example, one after another without gaps. Positions count from each start.
  public let segments: [Range<Int>]
  /// The tokens whose successor in the same example is learnt, ascending: where the loss is taken.
  public let targetPlaces: [Int]
  /// What is to follow, one for each of ``targetPlaces``.
  public let targets: [Int32]

  /// Packs examples in the given order. The first token of an example has nothing before it to be
  /// told from, so it is no target even if it is marked as learnt.
  public init(_ examples: [EncodedExample]) {
    var tokens: [Int32] = []
    var segments: [Range<Int>] = []
    var places: [Int] = []
    var targets: [Int32] = []
    for example in examples {
      let start = tokens.count
      tokens += example.tokens
      segments.append(start..<tokens.count)
      for index in example.tokens.indices.dropFirst() where example.isLearnt[index] {
        places.append(start + index - 1)
        targets.append(example.tokens[index])
      }
    }
    self.tokens = tokens
    self.segments = segments
    self.targetPlaces = places
    self.targets = targets
  }

  /// For each token what is to follow it; nil where that is not learnt.
  public var nextTokens: [Int32?] {
    var next = [Int32?](repeating: nil, count: tokens.count)
    for (place, target) in zip(targetPlaces, targets) { next[place] = target }
    return next
  }
}

extension EncodedExample {
  /// How many of its tokens are predicted from those before them.
  var targetCount: Int { isLearnt.dropFirst().count { $0 } }
}
