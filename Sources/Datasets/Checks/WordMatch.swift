/// Which content words two texts share, letting typing errors pass.
struct WordMatch {
  /// How many words both have.
  var shared = 0
  /// Words that only the first has.
  var onlyFirst: [Int32] = []
  /// Words that only the second has.
  var onlySecond: [Int32] = []

  /// The shared words among all, from 0 to 1; 1 for two empty texts.
  var jaccard: Double {
    let all = shared + onlyFirst.count + onlySecond.count
    return all == 0 ? 1 : Double(shared) / Double(all)
  }

  /// The shared words among those of the shorter text, from 0 to 1.
  var overlap: Double {
    let shorter = shared + min(onlyFirst.count, onlySecond.count)
    return shorter == 0 ? 1 : Double(shared) / Double(shorter)
  }

  /// Whether every word of one text stands in the other.
  var isContained: Bool { onlyFirst.isEmpty || onlySecond.isEmpty }

  /// The words shared by two sorted lists.
  init(_ first: [Int32], _ second: [Int32], _ vocabulary: Vocabulary) {
    var (left, right) = (0, 0)
    while left < first.count, right < second.count {
      if first[left] == second[right] {
        shared += 1
        left += 1
        right += 1
      } else if first[left] < second[right] {
        onlyFirst.append(first[left])
        left += 1
      } else {
        onlySecond.append(second[right])
        right += 1
      }
    }
    onlyFirst += first[left...]
    onlySecond += second[right...]
    if onlyFirst.isEmpty, onlySecond.isEmpty { return }
    forgiveRepetition(first, second)
    forgiveTypingErrors(first, second, vocabulary)
  }

  /// A word said twice in one text and once in the other is no difference.
  private mutating func forgiveRepetition(_ first: [Int32], _ second: [Int32]) {
    onlyFirst.removeAll { Self.contains(second, $0) }
    onlySecond.removeAll { Self.contains(first, $0) }
  }

  /// Whether a word is in a sorted list.
  private static func contains(_ sorted: [Int32], _ word: Int32) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == word
  }

  /// Pairs words that differ by one letter where one of them is much rarer than the other: a typing
  /// error makes a word of its own, while two real words occur again and again. A misspelt word that
  /// carries no content is passed over.
  private mutating func forgiveTypingErrors(
    _ first: [Int32],
    _ second: [Int32],
    _ vocabulary: Vocabulary
  ) {
    guard onlyFirst.count + onlySecond.count <= 24 else { return }
    for word in onlyFirst {
      let match = onlySecond.firstIndex { vocabulary.isMisspelt(word, $0) }
      guard let match, let own = onlyFirst.firstIndex(of: word) else { continue }
      onlySecond.remove(at: match)
      onlyFirst.remove(at: own)
      shared += 1
    }
    onlyFirst.removeAll { word in
      vocabulary.fillers.contains(word) || second.contains { vocabulary.isMisspelt(word, $0) }
    }
    onlySecond.removeAll { word in
      vocabulary.fillers.contains(word) || first.contains { vocabulary.isMisspelt(word, $0) }
    }
  }

  /// Whether words of four letters or more differ by one letter added, left out or replaced, or by two
  /// neighbours exchanged.
  static func isTypingError(_ left: [UInt32], _ right: [UInt32]) -> Bool {
    let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
    guard shorter >= 4 || shorter == 3 && longer == 4, longer - shorter <= 1 else { return false }
    var start = 0
    while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
    var end = 0
    while end < min(left.count, right.count) - start,
      left[left.count - 1 - end] == right[right.count - 1 - end]
    { end += 1 }
    let (leftGap, rightGap) = (left.count - start - end, right.count - start - end)
    if leftGap <= 1, rightGap <= 1 { return true }
    return leftGap == 2 && rightGap == 2 && left[start] == right[start + 1]
      && left[start + 1] == right[start]
  }
}
