/// The words of a dataset as numbers, each with how often it occurs.
struct Vocabulary {
  /// The words by number.
  private(set) var words: [String] = []
  /// In how many texts each occurs.
  private(set) var documentCounts: [Int32] = []
  /// How often each occurs in all.
  private(set) var counts: [Int32] = []
  /// For each the hashes of its letter trigrams, with marks at both ends.
  private(set) var trigrams: [[UInt32]] = []
  private var numbers: [String: Int32] = [:]

  /// The number of a word.
  mutating func number(of word: String) -> Int32 {
    if let known = numbers[word] {
      counts[Int(known)] &+= 1
      return known
    }
    let number = Int32(truncatingIfNeeded: words.count)
    numbers[word] = number
    words.append(word)
    documentCounts.append(0)
    counts.append(1)
    trigrams.append(Self.trigrams(of: word))
    return number
  }

  /// Counts a text that holds these different words.
  mutating func count(_ words: Set<Int32>) {
    for word in words { documentCounts[Int(word)] &+= 1 }
  }

  private static func trigrams(of word: String) -> [UInt32] {
    let scalars = [0x5E] + word.unicodeScalars.map(\.value) + [0x24]
    guard scalars.count > 3 else { return [mixed(scalars)] }
    return (0...(scalars.count - 3)).map { mixed(Array(scalars[$0..<($0 + 3)])) }
  }

  private static func mixed(_ values: [UInt32]) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for value in values {
      hash = (hash ^ value) &* 0x0100_0193
      hash ^= hash >> 15
    }
    return hash
  }
}
