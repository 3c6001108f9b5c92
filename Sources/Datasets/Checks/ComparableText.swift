/// A text reduced to what decides whether another says the same.
struct ComparableText {
  /// The content words, sorted, with repetition: stems, synonyms joined; without numbers.
  var content: [Int32] = []
  /// The numbers, days and months, sorted, with repetition.
  var values: [Int32] = []
  /// Content words that are written as names.
  var names: Set<Int32> = []
  /// How many words deny.
  var negations = 0
  /// How many words it has in all.
  var wordCount = 0
  /// The first words, for telling questions from requests.
  var opening: [String] = []
  /// A hash of all words in order: equal for texts that differ in case and punctuation only.
  var wordsHash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// A text without words.
  init() {}

  /// The reduced text.
  init(_ text: String, in vocabulary: inout Vocabulary) {
    var functionWords: [Int32] = []
    for word in WordScanner.words(text) {
      wordCount += 1
      if opening.count < 8 { opening.append(word.text) }
      for byte in word.text.utf8 { wordsHash = (wordsHash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      wordsHash = (wordsHash ^ 0xFF) &* 0x0000_0100_0000_01B3
      if word.isNumber {
        values.append(vocabulary.number(of: word.text))
      } else if let number = WordLexicon.numbers[word.text] {
        values.append(vocabulary.number(of: number))
      } else if WordLexicon.calendar.contains(word.text) {
        values.append(vocabulary.number(of: word.text))
      } else if WordLexicon.negations.contains(word.text) {
        negations += 1
      } else if WordLexicon.functionWords.contains(word.text) {
        functionWords.append(vocabulary.number(of: word.text))
      } else {
        let number = vocabulary.number(
          of: WordLexicon.canonical(word.text),
          writtenAs: word.text
        )
        content.append(number)
        if word.isName { names.insert(number) }
      }
    }
    // A text of function words alone is compared by them.
    if content.isEmpty, values.isEmpty { content = functionWords }
    content.sort()
    values.sort()
    vocabulary.count(Set(content).union(values))
  }

  /// Whether it has nothing that could be compared.
  var isEmpty: Bool { content.isEmpty && values.isEmpty }
}
