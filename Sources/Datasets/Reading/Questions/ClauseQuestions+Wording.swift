extension ClauseQuestions {
  /// What asks for a span, and which words that takes in; nil where the span is one of a list, or is half
  /// of something.
  func wording(
    for span: AnswerSpan,
    _ pieces: [Piece],
    _ text: ReadingText,
    using random: inout SeededGenerator
  ) -> SpanWording? {
    guard let low = pieces.firstIndex(where: { $0.index == span.words.lowerBound }),
      var high = pieces.lastIndex(where: { $0.index == span.words.upperBound - 1 })
    else { return nil }
    let before = low > 0 ? pieces[low - 1] : nil
    let behind = high + 1 < pieces.count ? pieces[high + 1] : nil
    let head = text.words[span.words.lowerBound]
    // What stands in brackets says the same as what is before it.
    if text.scalars[head.range.lowerBound..<head.core.lowerBound].contains("(") { return nil }
    if span.kind == .term, span.words.count == 1, before?.key == "the",
      corpus.counts[head.key, default: 0] > 60
    {
      return nil
    }
    let joins: Set = ["and", "or", "&"]
    if let before, joins.contains(before.key) { return nil }
    if let behind, joins.contains(behind.key), pieces[high].tail.isEmpty { return nil }
    // "From 1974 to 2016", "1 to 2 weeks".
    if ![.person, .name, .place, .term].contains(span.kind),
      before?.key == "to" || behind?.key == "to"
    {
      return nil
    }
    // An item of a list.
    if let before, let behind, before.tail == ",", pieces[high].tail == ",", behind.isCapitalized,
      before.isCapitalized
    {
      return nil
    }
    if pieces[high].text.hasSuffix("'s") { return nil }
    if pieces[high].tail.hasPrefix(","), let behind, ![.year, .date].contains(span.kind) {
      if behind.isCapitalized, [.place, .name].contains(span.kind),
        behind.tail.contains(",") || high + 2 == pieces.count
      {
        // "Geneva, Illinois,": what follows belongs to the name.
        high += 1
        while pieces[high].tail.hasPrefix(","), high + 1 < pieces.count,
          pieces[high + 1].isCapitalized
        {
          high += 1
        }
      } else if !Clause.breaks.contains(behind.key), !behind.key.hasSuffix("ing"), low > 0,
        !Clause.isVerb(behind)
      {
        return nil
      }
      if high + 1 < pieces.count, joins.contains(pieces[high + 1].key) { return nil }
    }
    switch span.kind {
    case .year:
      return time(low, high, pieces, ["when", "in what year", "what year"], "what year", &random)
    case .date:
      let hasDay = span.words.count > 2
      let choices = hasDay ? ["when", "when", "on what date"] : ["when"]
      return time(low, high, pieces, choices, hasDay ? "what date" : "what time", &random)
    case .percent:
      return number(low, high, pieces, "what percentage", "what percentage")
    case .money:
      return SpanWording(asking: "how much", replaced: low..<high + 1)
    case .number:
      return number(low, high, pieces, nil, "how many")
    case .person, .name, .place, .term:
      return name(span, low, high, pieces, &random)
    }
  }

  private func time(
    _ low: Int,
    _ high: Int,
    _ pieces: [Piece],
    _ choices: [String],
    _ plain: String,
    _ random: inout SeededGenerator
  ) -> SpanWording? {
    guard low > 0 else { return nil }
    var low = low
    if ["the", "early", "late", "mid"].contains(pieces[low - 1].key) { low -= 1 }
    guard low > 0 else { return nil }
    if ["in", "on"].contains(pieces[low - 1].key) {
      let asking = choices[Int(random.next() % UInt64(choices.count))]
      return SpanWording(asking: asking, replaced: low - 1..<high + 1, takesPreposition: true)
    }
    // "The 2008 Summer Olympics": the year is part of a name.
    guard EnglishWords.prepositions.contains(pieces[low - 1].key), pieces[low - 1].key != "of"
    else {
      return nil
    }
    if high + 1 < pieces.count, pieces[high].tail.isEmpty, pieces[high + 1].isCapitalized {
      return nil
    }
    return SpanWording(asking: plain, replaced: low..<high + 1)
  }

  /// A number takes in what is counted.
  private func number(
    _ low: Int,
    _ high: Int,
    _ pieces: [Piece],
    _ alone: String?,
    _ asking: String
  ) -> SpanWording? {
    if low > 0, pieces[low - 1].isCapitalized, low > 1 { return nil }
    var low = low
    let vague: Set = [
      "about", "approximately", "over", "nearly", "than", "around", "almost", "some", "roughly",
      "more", "at", "least", "up", "to", "fewer", "less", "exactly", "only",
    ]
    while low > 0, vague.contains(pieces[low - 1].key),
      pieces[low - 1].key != "to" || low > 1 && pieces[low - 2].key == "up"
    {
      low -= 1
    }
    if let alone { return SpanWording(asking: alone, replaced: low..<high + 1) }
    var end = high + 1
    guard pieces[high].tail.isEmpty else { return nil }
    while end < pieces.count, end - high <= 3 {
      let piece = pieces[end]
      guard !EnglishWords.functionWords.contains(piece.key), !piece.isNumeric,
        !EnglishWords.forms.contains(piece.key)
      else { break }
      end += 1
      if !piece.tail.isEmpty || piece.key.hasSuffix("s") || piece.key == "people" { break }
    }
    guard end > high + 1, pieces[end - 1].key.hasSuffix("s") || pieces[end - 1].key == "people",
      !["as", "is", "was", "has"].contains(pieces[end - 1].key)
    else { return nil }
    let noun = pieces[(high + 1)..<end].map(\.text).joined(separator: " ")
    return SpanWording(asking: "\(asking) \(noun)", replaced: low..<end)
  }

  private func name(
    _ span: AnswerSpan,
    _ low: Int,
    _ high: Int,
    _ pieces: [Piece],
    _ random: inout SeededGenerator
  ) -> SpanWording? {
    // Words in front say what it is: "the American actor Tom Hanks".
    var start = low
    while start > 0, low - start < 3, span.kind != .term {
      let piece = pieces[start - 1]
      guard piece.tail.isEmpty, !EnglishWords.functionWords.contains(piece.key), !piece.isNumeric,
        !VerbForms.isPast(piece.key), !VerbForms.isThirdPerson(piece.key),
        !["million", "billion", "thousand", "hundred", "percent"].contains(piece.key),
        !piece.key.hasSuffix("ing"), !piece.text.hasSuffix("'s")
      else { break }
      start -= 1
    }
    var high = high
    let followers = followers(high, pieces)
    guard let followers else { return nil }
    let type = pieces[start..<low]
    let article = start > 0 && EnglishWords.articles.contains(pieces[start - 1].key)
    if article { start -= 1 }
    if let owner = start > 0 ? pieces[start - 1] : nil, !article,
      !type.isEmpty || span.kind == .term,
      owner.text.hasSuffix("'s") || ["his", "her", "its", "their"].contains(owner.key)
    {
      return nil
    }
    // A rest of the same phrase would be left behind.
    if start > 0, span.kind != .term, !article {
      let left = pieces[start - 1]
      guard
        EnglishWords.functionWords.contains(left.key) || Clause.isVerb(left)
          || VerbForms.isParticiple(left.key) || left.key.hasSuffix("ing")
          || left.tail.contains(",")
          || ["called", "named", "known", "titled"].contains(left.key)
      else { return nil }
    }
    if let last = type.last, Self.isAdjective(last.key) { return nil }
    if let last = type.last, !last.isCapitalized, last.key.count > 3, followers.isEmpty {
      let kind = type.map(\.text).joined(separator: " ")
      let asking = random.unit() < 0.5 ? "what" : "which"
      return SpanWording(asking: "\(asking) \(kind)", replaced: start..<high + 1)
    }
    guard type.isEmpty else { return nil }
    if !followers.isEmpty {
      if span.words.count == 1, Self.isNationality(pieces[low].key) { return nil }
      // "The Greek Revival style": what follows says what it is.
      let kind = followers.map(\.text).joined(separator: " ")
      high += followers.count
      return SpanWording(asking: "what \(kind)", replaced: start..<high + 1)
    }
    let before = start > 0 ? pieces[start - 1].key : ""
    switch span.kind {
    case .person:
      return SpanWording(asking: "who", replaced: start..<high + 1)
    case .place:
      let key = pieces[low..<high + 1].map(\.key).joined(separator: " ")
      let isIn = ["in", "at", "near", "on"].contains(before)
      if isIn, random.unit() < 0.5 {
        return SpanWording(
          asking: "where",
          replaced: start - 1..<high + 1,
          takesPreposition: true
        )
      }
      let kind =
        switch Gazetteer.place(key) {
        case .country: "what country"
        case .state: "what state"
        case .city: "what city"
        case .region, nil: "what place"
        }
      if isIn {
        return SpanWording(
          asking: "\(before) \(kind)",
          replaced: start - 1..<high + 1,
          takesPreposition: true
        )
      }
      return SpanWording(asking: kind, replaced: start..<high + 1)
    default:
      return SpanWording(asking: "what", replaced: start..<high + 1)
    }
  }

  /// The nouns that follow a name directly; nil where it is not clear where they end.
  private func followers(_ high: Int, _ pieces: [Piece]) -> [Piece]? {
    var found: [Piece] = []
    guard pieces[high].tail.isEmpty else { return found }
    var index = high + 1
    while index < pieces.count {
      let piece = pieces[index]
      if EnglishWords.functionWords.contains(piece.key) || Clause.isVerb(piece) { return found }
      guard found.count < 2, !piece.isCapitalized, !piece.isNumeric, !piece.key.hasSuffix("ly"),
        piece.text.allSatisfy({ $0.isLetter || $0 == "-" })
      else { return nil }
      found.append(piece)
      if !piece.tail.isEmpty { return found }
      index += 1
    }
    return found
  }

  /// Whether a word is likely to say of which country something is, which "what" does not ask.
  private static func isNationality(_ key: String) -> Bool {
    ["french", "dutch", "greek", "welsh", "irish", "swiss", "german"].contains(key)
      || ["ian", "ish", "ese", "can", "ean"].contains(where: key.hasSuffix)
  }

  /// Whether a word in front of a name is likely to say how it is, not what.
  private static func isAdjective(_ key: String) -> Bool {
    let known: Set = [
      "young", "old", "new", "former", "late", "then", "own", "fictional", "famous", "modern",
      "ancient",
      "nearby", "present-day", "rival", "early", "fellow", "future", "good", "large", "small",
      "annual",
      "central", "national", "international", "local", "original", "second", "third", "first",
      "final",
      "next", "previous", "last", "real", "upcoming", "eponymous", "major", "minor", "rural",
      "urban",
    ]
    return known.contains(key) || key.contains("-")
      || ["ern", "ous", "ful", "ese", "ish", "est", "ary"].contains(where: key.hasSuffix)
  }
}
