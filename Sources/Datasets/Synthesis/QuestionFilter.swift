/// Which questions are worth learning from.
enum QuestionFilter {
  /// The lengths, in characters, that a question may have.
  static let questionLength = 10...400
  /// The lengths, in characters, that an answer may have.
  static let answerLength = 1...800

  /// Whether question and answer have sensible lengths, the answer stands in the passage, and the
  /// question does not give it away.
  static func isUsable(_ pair: QuestionPair, in passage: String) -> Bool {
    guard questionLength.contains(pair.question.count), answerLength.contains(pair.answer.count)
    else { return false }
    return stands(pair.answer, in: passage) && !stands(pair.answer, in: pair.question)
  }

  /// Whether the words of a text stand, in their order and whole, in another.
  static func stands(_ text: String, in other: String) -> Bool {
    let words = NormalizedWording.of(text)
    guard !words.isEmpty else { return false }
    // Scripts without blanks have no whole words to ask for.
    guard text.unicodeScalars.allSatisfy({ $0.value < 0x2E80 }) else {
      return NormalizedWording.of(other).contains(words)
    }
    return " \(NormalizedWording.of(other)) ".contains(" \(words) ")
  }
}
