/// Asks what something is where a sentence says so, and what the letters of an abbreviation stand for.
enum DefinitionQuestions {
  private static let articles: Set<String> = ["a", "an", "the", "one"]

  static func pairs(_ sentence: String) -> [QuestionPair] {
    let words = sentence.split(separator: " ")
    return [definition(sentence, words)].compactMap { $0 } + expansions(words)
  }

  /// `X is a …`: the sentence answers what X is.
  private static func definition(_ sentence: String, _ words: [Substring]) -> QuestionPair? {
    guard !Sentences.pointsBack(sentence), words.count >= 6,
      let verb = words.firstIndex(where: { $0 == "is" || $0 == "are" }), (1...6).contains(verb),
      verb + 1 < words.count, words[verb] == "are" || articles.contains(String(words[verb + 1])),
      words[verb] == "is" || words[verb + 1].first?.isLowercase == true
    else { return nil }
    var subject = words[..<verb]
    guard
      subject.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || "-()/&".contains($0) } })
    else { return nil }
    // "Are" is followed by many things that define nothing: "are required", "are not".
    if words[verb] == "are" {
      guard verb + 1 < words.count, !words[verb + 1].hasSuffix("ed"),
        ["people", "those", "documents", "groups", "members", "employees", "services", "tools"]
          .contains(String(words[verb + 1]))
      else { return nil }
    }
    guard let first = subject.first, first.first?.isUppercase == true else { return nil }
    if ["The", "A", "An"].contains(first) {
      guard subject.count > 1 else { return nil }
      subject = [first.lowercased()[...]] + subject.dropFirst()
    }
    // "There", "One of the" and their like name nothing.
    let lowered = subject.map { $0.lowercased() }
    guard !lowered.contains(where: { ["of", "to", "that", "which", "if", "not"].contains($0) }),
      !lowered.contains(where: Sentences.pointers.contains)
    else { return nil }
    return QuestionPair(
      question: "What \(words[verb]) \(subject.joined(separator: " "))?",
      answer: sentence
    )
  }

  /// `General Services Administration (GSA)`: the words in front begin with the letters.
  private static func expansions(_ words: [Substring]) -> [QuestionPair] {
    words.indices.compactMap { index in
      let word = words[index]
      let letters = FactFinder.core(word)
      guard word.hasPrefix("("), (2...8).contains(letters.count),
        letters.allSatisfy({ $0.isUppercase }), index >= letters.count
      else { return nil }
      let long = words[(index - letters.count)..<index]
      guard zip(long, letters).allSatisfy({ $0.first?.uppercased() == String($1) }),
        long.allSatisfy({ FactFinder.core($0).count == $0.count })
      else { return nil }
      return QuestionPair(
        question: "What does \(letters) stand for?",
        answer: long.joined(separator: " ")
      )
    }
  }
}
