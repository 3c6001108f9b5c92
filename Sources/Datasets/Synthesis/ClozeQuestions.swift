/// Asks for a number, a date or a name that stands in a sentence.
enum ClozeQuestions {
  /// What stands in the place of what was taken out.
  static let blank = "____"

  /// The questions on a sentence: as a question where the sentence turns into one safely, else as a
  /// sentence to complete.
  static func pairs(_ sentence: String, title: String) -> [QuestionPair] {
    guard !Sentences.pointsBack(sentence) else { return [] }
    let words = sentence.split(separator: " ")
    guard (5...45).contains(words.count) else { return [] }
    return FactFinder.facts(in: words).map { fact in
      let answer = text(of: fact, in: words)
      let question =
        asked(fact, words) ?? complete(fact, words, title: title, answer: answer)
      return QuestionPair(question: question, answer: answer)
    }
  }

  private static func text(of fact: FactFinder.Fact, in words: [Substring]) -> String {
    let phrase = words[fact.words].joined(separator: " ")
    return String(FactFinder.core(phrase[...]))
  }

  /// A sentence turned around: `X is F.` and `X was done in 1842.`
  private static func asked(_ fact: FactFinder.Fact, _ words: [Substring]) -> String? {
    // Only a fact at the end leaves a whole clause before it, and only a plain subject can be moved.
    guard fact.words.upperBound == words.count else { return nil }
    let before = words[..<fact.words.lowerBound]
    guard let verb = before.firstIndex(where: { ["is", "was", "are", "were"].contains($0) }),
      (1...6).contains(verb),
      before[..<verb].allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
    else { return nil }
    let subject = subject(before[..<verb])
    let rest = before[(verb + 1)...]
    switch fact.kind {
    case .number, .date, .year:
      if rest.isEmpty, fact.kind == .number { return "What \(words[verb]) \(subject)?" }
      guard fact.kind != .number, rest.count == 2, rest.last == (fact.kind == .date ? "on" : "in"),
        let participle = rest.first, participle.hasSuffix("ed") || participle == "born"
      else { return nil }
      let asking = fact.kind == .date ? "On which date" : "In which year"
      return "\(asking) \(words[verb]) \(subject) \(participle)?"
    case .name:
      guard rest.isEmpty, words[0] == "The" else { return nil }
      return "Which name \(words[verb] == "was" ? "was" : "is") given for \(subject)?"
    }
  }

  /// The subject as it stands within a question: its article small.
  private static func subject(_ words: ArraySlice<Substring>) -> String {
    guard let first = words.first, ["The", "A", "An", "Our", "Each", "All"].contains(first) else {
      return words.joined(separator: " ")
    }
    return ([first.lowercased()[...]] + words.dropFirst()).joined(separator: " ")
  }

  private static func complete(
    _ fact: FactFinder.Fact,
    _ words: [Substring],
    title: String,
    answer: String
  ) -> String {
    let phrase = words[fact.words].joined(separator: " ")
    // The punctuation around what was taken out stays.
    let left = phrase.firstRange(of: answer).map { phrase.replacingCharacters($0, by: blank) }
    let parts = words[..<fact.words.lowerBound].map(String.init) + [left ?? blank]
    let sentence = (parts + words[fact.words.upperBound...].map(String.init))
      .joined(separator: " ")
    let isNamed = !title.isEmpty && title.count <= 100 && !QuestionFilter.stands(answer, in: title)
    return isNamed ? "Complete, from “\(title)”: \(sentence)" : "Complete: \(sentence)"
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<String.Index>, by text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
