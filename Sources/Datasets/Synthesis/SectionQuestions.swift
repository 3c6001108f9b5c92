/// Asks what a section says; its first sentences answer.
enum SectionQuestions {
  private static let answerLimit = 400

  static func pairs(_ passage: SynthesisPassage, sentences: [String]) -> [QuestionPair] {
    let headings = passage.headings.map(clean).filter { !$0.isEmpty }
    let title = clean(passage.title)
    guard let topic = headings.last, isTopic(topic) else { return [] }
    var answer = ""
    for sentence in sentences.prefix(3) {
      let longer = answer.isEmpty ? sentence : "\(answer) \(sentence)"
      if longer.count > answerLimit, !answer.isEmpty { break }
      answer = longer
    }
    guard !answer.isEmpty, !Sentences.pointsBack(answer) else { return [] }
    let question: String
    let isTitleKnown = !title.isEmpty && NormalizedWording.of(title) != NormalizedWording.of(topic)
    if headings.count > 1, isTitleKnown, headings[headings.count - 2] != title {
      let section = headings[headings.count - 2]
      question = "What does the section “\(section)” of “\(title)” say about “\(topic)”?"
    } else if isTitleKnown {
      question = "What does “\(title)” say about “\(topic)”?"
    } else {
      question = "What does the section “\(topic)” say?"
    }
    return [QuestionPair(question: question, answer: answer)]
  }

  /// A heading without its marks.
  private static func clean(_ heading: String) -> String {
    heading.drop { $0 == "#" || $0.isWhitespace }
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func isTopic(_ heading: String) -> Bool {
    (3...100).contains(heading.count) && heading.contains(where: \.isLetter)
  }
}
