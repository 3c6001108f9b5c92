/// The words of a dataset as numbers, each with how often it occurs.
struct Vocabulary {
  /// The words by number.
  private(set) var words: [String] = []
  /// In how many texts each occurs.
  private(set) var documentCounts: [Int32] = []
  /// How often each occurs in all.
  private(set) var counts: [Int32] = []
  /// How each was written in the texts, its inflections and synonyms, as Unicode scalars; a few of
  /// them. Names with digits such as X200 have none: they differ on purpose.
  private(set) var spellings: [[[UInt32]]] = []
  /// For each the hashes of its letter trigrams, with marks at both ends.
  private(set) var trigrams: [[UInt32]] = []
  /// Rare words that are misspelt words without content, such as `pleese`.
  private(set) var fillers: Set<Int32> = []
  private var numbers: [String: Int32] = [:]

  /// The number of a word that stands for itself or, as a stem or synonym, for how it was written.
  mutating func number(of word: String, writtenAs spelling: String? = nil) -> Int32 {
    let spelling = spelling ?? word
    if let known = numbers[word] {
      counts[Int(known)] &+= 1
      if spellings[Int(known)].count < 8, spelling != word { add(spelling, to: Int(known)) }
      return known
    }
    let number = Int32(truncatingIfNeeded: words.count)
    numbers[word] = number
    words.append(word)
    documentCounts.append(0)
    counts.append(1)
    spellings.append([])
    add(spelling, to: words.count - 1)
    trigrams.append(Self.trigrams(of: word))
    return number
  }

  private mutating func add(_ spelling: String, to number: Int) {
    guard !spelling.utf8.contains(where: ASCIIText.isDigit) else { return }
    let scalars = spelling.unicodeScalars.map(\.value)
    if !spellings[number].contains(scalars) { spellings[number].append(scalars) }
  }

  /// Counts a text that holds these different words.
  mutating func count(_ words: Set<Int32>) {
    for word in words { documentCounts[Int(word)] &+= 1 }
  }

  /// Finds the misspelt words without content, once all texts are in.
  mutating func findFillers() {
    let functionWords = WordLexicon.functionWords.filter { $0.utf8.count >= 4 }
      .compactMap { numbers[$0] }
    let byLength = Dictionary(grouping: functionWords) { words[Int($0)].unicodeScalars.count }
    for number in words.indices where counts[number] <= 8 {
      let length = spellings[number].first?.count ?? 0
      guard length >= 4, length <= 12, !WordLexicon.functionWords.contains(words[number]) else {
        continue
      }
      let near = (length - 1...length + 1).lazy.flatMap { byLength[$0] ?? [] }
      if near.contains(where: { isMisspelt(Int32(truncatingIfNeeded: number), $0) }) {
        fillers.insert(Int32(truncatingIfNeeded: number))
      }
    }
  }

  /// Whether one of two words is the other with a typing error: they are written with one letter of
  /// difference, and one is much rarer.
  func isMisspelt(_ first: Int32, _ second: Int32) -> Bool {
    let (left, right) = (counts[Int(first)], counts[Int(second)])
    guard first != second, min(left, right) <= 1 || min(left, right) <= max(left, right) / 4 else {
      return false
    }
    return spellings[Int(first)].contains { spelling in
      spellings[Int(second)].contains { WordMatch.isTypingError(spelling, $0) }
    }
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
