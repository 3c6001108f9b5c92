extension ClauseQuestions {
  /// The question word in front, then the verb, the subject and the rest.
  func fronted(
    _ clause: Clause,
    _ span: AnswerSpan,
    _ wording: SpanWording,
    using random: inout SeededGenerator
  ) -> [String]? {
    var opening: [String] = []
    if !clause.opening.isEmpty, random.unit() < 0.4 { opening = Self.words(clause.opening) }
    switch clause.place {
    case .subject:
      return [wording.asking, clause.verb.text]
        + Self.words(Self.shortened(clause.rest, using: &random))
        + opening
    case .subjectPart:
      return nil
    case .opening:
      guard let (helper, main) = helper(clause) else { return nil }
      return [wording.asking, helper] + Self.words(clause.subject) + main
        + Self.words(Self.shortened(clause.rest, using: &random))
    case .rest(let range):
      guard range.lowerBound >= 0, range.upperBound <= clause.rest.count,
        let (helper, main) = helper(clause)
      else { return nil }
      var front = clause.rest[..<range.lowerBound]
      guard front.count(where: { $0.tail.contains(",") }) < 2 else { return nil }
      let back = Self.shortened(Array(clause.rest[range.upperBound...]), using: &random)
      var asking = wording.asking
      if let last = front.last, EnglishWords.prepositions.contains(last.key), !back.isEmpty {
        // A preposition left behind in the middle goes to the front, if that is how it is said.
        guard ["in", "by", "for", "to", "from", "with", "on", "at"].contains(last.key) else {
          return nil
        }
        front = front.dropLast()
        asking = "\(last.key) \(asking == "who" ? "whom" : asking)"
      } else if let last = front.last, last.key == "of", span.kind == .name || span.kind == .place {
        return nil
      }
      if let last = front.last,
        EnglishWords.articles.contains(last.key) || last.tail.contains(",") || last.key == "as"
          || EnglishWords.conjunctions.contains(last.key)
      {
        return nil
      }
      // "What was X the largest": a noun phrase was torn apart.
      if span.kind == .term, let last = front.last, !EnglishWords.prepositions.contains(last.key),
        !VerbForms.isPast(last.key), !VerbForms.isParticiple(last.key)
      {
        return nil
      }
      if let first = back.first, first.key == "of" { return nil }
      if let first = back.first, span.kind == .term, front.isEmpty,
        ["to", "for", "between", "from", "about", "against"].contains(first.key),
        EnglishWords.forms.contains(clause.verb.key)
      {
        return nil
      }
      // "What is X that affects": what is said of the answer goes with it.
      if let first = back.first, first.key == "that" {
        guard front.isEmpty, EnglishWords.forms.contains(clause.verb.key) else { return nil }
        return [asking, helper] + Self.words(clause.subject)
      }
      if main.isEmpty, front.isEmpty, back.isEmpty, clause.subject.count < 2 { return nil }
      return [asking, helper] + Self.words(clause.subject) + main + Self.words(Array(front))
        + Self.words(back) + opening
    }
  }

  /// The verb that goes in front of the subject, and what stays behind it.
  private func helper(_ clause: Clause) -> (String, [String])? {
    let verb = clause.verb
    if EnglishWords.auxiliaries.contains(verb.key) { return (verb.text, []) }
    if EnglishWords.perfect.contains(verb.key) {
      let next = clause.rest.first { !EnglishWords.adverbs.contains($0.key) }
      if let next, VerbForms.isParticiple(next.key) { return (verb.text, []) }
      return (verb.key == "had" ? "did" : verb.key == "has" ? "does" : "do", ["have"])
    }
    if VerbForms.isPlural(verb.key) { return ("do", [verb.key]) }
    if VerbForms.isThirdPerson(verb.key) {
      guard let base = verbs.basePresent(verb.key) else { return nil }
      return ("does", [base])
    }
    guard let base = verbs.basePast(verb.key) else { return nil }
    return ("did", [base])
  }

  /// The words with the commas between them.
  static func words(_ pieces: [Piece]) -> [String] {
    pieces.enumerated().map { index, piece in
      let tail = index + 1 < pieces.count && piece.tail.hasPrefix(",") ? "," : ""
      return
        (index == 0 && EnglishWords.functionWords.contains(piece.key)
        && piece.text.dropFirst().allSatisfy(\.isLowercase) ? piece.key : piece.text) + tail
    }
  }

  /// The words less what a last preposition brings, now and then, and less a remark behind a comma.
  static func shortened(_ pieces: [Piece], using random: inout SeededGenerator) -> [Piece] {
    var pieces = pieces
    if let comma = pieces.firstIndex(where: { $0.tail.contains(",") }),
      comma >= 4 || pieces.count > 12
    {
      pieces = Array(pieces[...comma])
    }
    if pieces.count > 3, random.unit() < 0.4,
      let last = pieces.lastIndex(where: {
        EnglishWords.prepositions.contains($0.key) && $0.key != "of"
      }), last > 0
    {
      pieces = Array(pieces[..<last])
    }
    while let last = pieces.last,
      EnglishWords.prepositions.contains(last.key) && pieces.count > 1
        || EnglishWords.conjunctions.contains(last.key) || EnglishWords.articles.contains(last.key)
    {
      pieces.removeLast()
    }
    return pieces
  }

  /// The clause as it was told, with the question word where the span was.
  static func inPlace(
    _ clause: Clause,
    _ wording: SpanWording,
    using random: inout SeededGenerator
  ) -> [String]? {
    switch clause.place {
    case .subject, .opening:
      return nil
    case .subjectPart(let range):
      // "The capital of what country": only what a preposition leads can be asked so.
      guard range.lowerBound > 1, range.upperBound <= clause.subject.count,
        EnglishWords.prepositions.contains(clause.subject[range.lowerBound - 1].key)
      else { return nil }
      return words(Array(clause.subject[..<range.lowerBound])) + [wording.asking]
        + words(Array(clause.subject[range.upperBound...])) + [clause.verb.text]
        + words(shortened(clause.rest, using: &random))
    case .rest(let range):
      guard range.upperBound <= clause.rest.count else { return nil }
      let front = Array(clause.rest[..<range.lowerBound])
      guard front.count(where: { $0.tail.contains(",") }) < 2 else { return nil }
      return words(clause.subject) + [clause.verb.text] + words(front) + [wording.asking]
        + words(shortened(Array(clause.rest[range.upperBound...]), using: &random))
    }
  }
}
