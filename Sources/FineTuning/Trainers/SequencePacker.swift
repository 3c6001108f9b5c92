public import Datasets

/// Puts examples together so that each pass through the model has enough to do.
///
/// First-fit decreasing: the longest first, each into the first sequence with room (Johnson 1973; at
/// most 11/9 of the fewest possible sequences, and 6/9 more). Examples are never split.
public struct SequencePacker: Sendable, Equatable {
  /// The most tokens of a sequence; an example that is longer gets one to itself.
  public let capacity: Int

  /// A packer for sequences of at most so many tokens.
  public init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// The places of the items in each sequence. Depends on lengths and order alone.
  ///
  /// - Complexity: O(items · sequences).
  public func groups(lengths: [Int]) -> [[Int]] {
    // Equal lengths stay in their order, so that the result does not hang on how sorting is done.
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    var groups: [[Int]] = []
    var room: [Int] = []
    for index in order {
      if let place = room.firstIndex(where: { $0 >= lengths[index] }) {
        groups[place].append(index)
        room[place] -= lengths[index]
      } else {
        groups.append([index])
        room.append(capacity - lengths[index])
      }
    }
    return groups
  }

  /// The examples as sequences.
  public func pack(_ examples: [EncodedExample]) -> [PackedSequence] {
    groups(lengths: examples.map(\.tokens.count)).map { group in
      PackedSequence(group.map { examples[$0] })
    }
  }

  /// How full sequences are: tokens by capacity, from 0 to 1.
  public func fillRate(of sequences: [PackedSequence]) -> Double {
    guard !sequences.isEmpty else { return 0 }
    let tokens = sequences.reduce(0) { $0 + $1.tokens.count }
    return min(1, Double(tokens) / (Double(sequences.count) * Double(capacity)))
  }
}
