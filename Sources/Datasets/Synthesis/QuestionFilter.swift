/// Which questions are worth learning from.
enum QuestionFilter {
  /// The lengths, in characters, that a question may have.
  static let questionLength = 10...400
  /// The lengths, in characters, that an answer may have.
  static let answerLength = 1...800

  /// Whether question and answer have sensible lengths, the answer stands in the passage, and the
  /// question does not give it away.
  static func isUsable(_ pair: QuestionPair, in passage: PassageWords) -> Bool {
    guard questionLength.contains(pair.question.count), answerLength.contains(pair.answer.count),
      passage.hold(pair.answer), !stands(pair.answer, in: pair.question)
    else { return false }
    // One or two characters are part of many words and numbers that give nothing away.
    return pair.answer.count < 3 || !pair.question.contains(pair.answer)
  }

  /// Whether the words of a text stand, in their order and whole, in another.
  static func stands(_ text: String, in other: String) -> Bool { PassageWords(other).hold(text) }
}
