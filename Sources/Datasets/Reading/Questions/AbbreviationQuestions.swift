/// Asks what an abbreviation stands for, and how something is abbreviated, where a text says so:
/// `General Services Administration (GSA)`.
enum AbbreviationQuestions {
  /// A question and the words of the text that answer it.
  struct Draft: Sendable {
    var question: String
    var words: Range<Int>
  }

  static func drafts(_ text: ReadingText) -> [Draft] {
    text.words.indices.flatMap { index -> [Draft] in
      let word = text.words[index]
      let raw = text.scalars[word.range]
      guard raw.first == "(", raw.contains(")"), (2...8).contains(word.text.count),
        word.text.allSatisfy({ $0.isUppercase || $0 == "-" }),
        let long = long(text, before: index, letters: word.key)
      else { return [] }
      let name = text.text(of: text.core(of: long))
      return [
        Draft(question: "What does \(word.text) stand for?", words: long),
        Draft(question: "What is the full name of \(word.text)?", words: long),
        Draft(question: "How is \(name) abbreviated?", words: index..<index + 1),
        Draft(question: "What is the abbreviation for \(name)?", words: index..<index + 1),
      ]
    }
  }

  /// The words in front that begin with the letters; small words between may have none.
  private static func long(_ text: ReadingText, before index: Int, letters: String) -> Range<Int>? {
    var rest = Array(letters.filter(\.isLetter))
    var low = index
    while let letter = rest.last {
      guard low > 0, index - low < 10 else { return nil }
      low -= 1
      let word = text.words[low]
      if word.endsPhrase, low < index - 1 { return nil }
      if word.key.first == letter {
        rest.removeLast()
      } else if !["of", "and", "the", "for", "in", "on"].contains(word.key) {
        return nil
      }
    }
    guard index - low >= 2 else { return nil }
    return low..<index
  }
}
