/// Finds what a question can ask for in a sentence: names, dates, numbers and short noun phrases.
struct AnswerSpanFinder: Sendable {
  let corpus: CorpusWords

  /// The spans of each sentence in their order, none within another.
  func spans(in text: ReadingText) -> [[AnswerSpan]] {
    let isPersonal = text.words.contains { ["he", "she", "his", "her"].contains($0.key) }
    var found = text.sentences.map { sentence in
      spans(in: text, sentence: sentence, isPersonal: isPersonal)
    }
    // A last name alone is the person whose full name stands elsewhere.
    let lastNames = Set(
      found.joined().filter { $0.kind == .person && $0.words.count > 1 }
        .map { text.words[$0.words.upperBound - 1].key }
    )
    for sentence in found.indices {
      for index in found[sentence].indices {
        let span = found[sentence][index]
        guard span.kind == .name, span.words.count == 1,
          lastNames.contains(text.words[span.words.lowerBound].key)
        else { continue }
        found[sentence][index].kind = .person
      }
    }
    return found
  }

  private func spans(
    in text: ReadingText,
    sentence: Range<Int>,
    isPersonal: Bool
  ) -> [AnswerSpan] {
    let raw = text.words[sentence].map { Substring(text.text(of: $0.range)) }
    let facts = FactFinder.facts(in: raw).filter { $0.kind != .name }
    var spans: [AnswerSpan] = []
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      let fact = facts.first { $0.words.lowerBound + sentence.lowerBound == index }
      let span: AnswerSpan?
      if let quoted = Self.quoted(text, index, sentence) {
        // What is quoted is one name or none.
        guard quoted.count <= 6 else {
          index = quoted.upperBound
          continue
        }
        span = AnswerSpan(kind: .name, words: quoted)
      } else {
        span =
          fact.flatMap { value($0, in: text, sentence) } ?? numberWord(text, index, sentence)
          ?? name(text, index, sentence, isPersonal) ?? term(text, index, sentence)
      }
      if let span, !text.core(of: span.words).isEmpty {
        spans.append(span)
        index = span.words.upperBound
      } else {
        index += 1
      }
    }
    return spans
  }

  /// The words from one that opens a quotation to the one that closes it.
  private static func quoted(
    _ text: ReadingText,
    _ index: Int,
    _ sentence: Range<Int>
  ) -> Range<Int>? {
    let word = text.words[index]
    let head = text.scalars[word.range.lowerBound..<word.core.lowerBound]
    guard head.contains(where: { "\"“".unicodeScalars.contains($0) }) else { return nil }
    for end in index..<min(sentence.upperBound, index + 20) {
      let tail = text.scalars[text.words[end].core.upperBound..<text.words[end].range.upperBound]
      if tail.contains(where: { "\"”".unicodeScalars.contains($0) }) { return index..<end + 1 }
    }
    return nil
  }

  private func value(
    _ fact: FactFinder.Fact,
    in text: ReadingText,
    _ sentence: Range<Int>
  ) -> AnswerSpan? {
    let first = sentence.lowerBound
    var words = (first + fact.words.lowerBound)..<(first + fact.words.upperBound)
    switch fact.kind {
    case .year:
      return AnswerSpan(kind: .year, words: words)
    case .date:
      return AnswerSpan(kind: .date, words: words)
    case .number, .name:
      // Units are asked for, so only what multiplies the number belongs to it.
      let scales: Set = ["million", "billion", "trillion", "thousand", "hundred", "percent"]
      while words.count > 1, !scales.contains(text.words[words.upperBound - 1].key) {
        words = words.lowerBound..<words.upperBound - 1
      }
      let core = text.text(of: text.core(of: words))
      let raw = text.text(of: text.whole(words))
      if raw.contains("%") || core.hasSuffix("percent") {
        return AnswerSpan(kind: .percent, words: words)
      }
      if raw.contains(where: { "$£€".contains($0) }) {
        return AnswerSpan(kind: .money, words: words)
      }
      return AnswerSpan(kind: .number, words: words)
    }
  }

  private static let numberWords = EnglishWords.words(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    """
  )

  private func numberWord(
    _ text: ReadingText,
    _ index: Int,
    _ sentence: Range<Int>
  ) -> AnswerSpan? {
    let word = text.words[index]
    if Self.numberWords.contains(word.key) {
      guard !word.endsPhrase, index + 1 < sentence.upperBound else { return nil }
      let next = text.words[index + 1].key
      guard next.hasSuffix("s"), !EnglishWords.functionWords.contains(next) else { return nil }
      return AnswerSpan(kind: .number, words: index..<index + 1)
    }
    // "1960s" and "19th century".
    if word.key.count == 5, word.key.hasSuffix("s"), Int(word.key.prefix(4)) != nil {
      return AnswerSpan(kind: .year, words: index..<index + 1)
    }
    if word.isNumeric, ["th", "st", "nd", "rd"].contains(where: word.key.hasSuffix),
      index + 1 < sentence.upperBound, text.words[index + 1].key == "century"
    {
      return AnswerSpan(kind: .date, words: index..<index + 2)
    }
    return nil
  }

  private static let links: Set<String> = [
    "of", "de", "von", "van", "la", "del", "der", "al", "du",
  ]

  private func name(
    _ text: ReadingText,
    _ index: Int,
    _ sentence: Range<Int>,
    _ isPersonal: Bool
  ) -> AnswerSpan? {
    func isName(_ place: Int) -> Bool {
      guard place < sentence.upperBound else { return false }
      let word = text.words[place]
      guard word.isCapitalized, word.text.count > 1 else { return false }
      if EnglishWords.months.contains(word.key) { return false }
      return !EnglishWords.functionWords.contains(word.key)
        || word.text.count > 1
          && word.text.allSatisfy(\.isUppercase) && word.text.count > 2
    }
    func isPart(_ place: Int) -> Bool {
      guard place < sentence.upperBound else { return false }
      let word = text.words[place]
      let isInitial = word.text.count <= 2 && word.isCapitalized && word.text.hasSuffix(".")
      return !word.beginsPhrase && (isName(place) || isInitial || isSuffix(word))
    }
    func isSuffix(_ word: ReadingText.Word) -> Bool {
      (word.isNumeric && word.text.count <= 4) || ["I", "V", "X"].contains(word.text)
    }
    func isOpen(_ place: Int) -> Bool {
      let word = text.words[place]
      return !word.endsPhrase
    }
    let first = text.words[index]
    let isInitial = first.text.count == 2 && first.isCapitalized && first.text.hasSuffix(".")
    guard isName(index) || (isInitial && isPart(index + 1)) else { return nil }
    var end = index + 1
    while end - index < 7, isOpen(end - 1) {
      if isPart(end) {
        end += 1
      } else if end + 1 < sentence.upperBound, Self.links.contains(text.words[end].key),
        isOpen(end),
        isName(end + 1), !text.words[end + 1].beginsPhrase
      {
        end += 2
      } else if end + 2 < sentence.upperBound, text.words[end].key == "of",
        text.words[end + 1].key == "the", isOpen(end + 1), isName(end + 2)
      {
        end += 3
      } else {
        break
      }
    }
    let words = index..<end
    guard words.count <= 6 else { return nil }
    // The first word of a sentence is capitalized whatever it is.
    if index == sentence.lowerBound, words.count == 1 {
      let isKnown =
        corpus.firstNames.contains(first.key) || Gazetteer.place(first.key) != nil
        || first.text.allSatisfy(\.isUppercase)
        || text.words.indices.contains {
          text.words[$0].text == first.text && !text.sentences.map(\.lowerBound).contains($0)
        }
      guard isKnown, corpus.counts[first.key, default: 0] < 30 else { return nil }
    }
    return AnswerSpan(kind: nameKind(text, words, sentence, isPersonal), words: words)
  }

  private func nameKind(
    _ text: ReadingText,
    _ words: Range<Int>,
    _ sentence: Range<Int>,
    _ isPersonal: Bool
  ) -> AnswerSpan.Kind {
    let key = text.words[words].map(\.key).joined(separator: " ")
    if Gazetteer.place(key) != nil { return .place }
    let first = text.words[words.lowerBound].key
    let hasBody = text.words[words].contains { Gazetteer.bodies.contains($0.key) }
    let before =
      words.lowerBound > sentence.lowerBound ? text.words[words.lowerBound - 1].key : ""
    let behind = words.upperBound < text.words.count ? text.words[words.upperBound] : nil
    guard !hasBody, !text.words[words].contains(where: { $0.isNumeric || $0.key == "of" }) else {
      return .name
    }
    if before == "the" { return .name }
    if Gazetteer.titles.contains(first), words.count > 1 { return .person }
    if corpus.firstNames.contains(first), words.count <= 4 { return .person }
    if (2...3).contains(words.count), Gazetteer.titles.contains(before) || before == "by" {
      return .person
    }
    if let behind, behind.beginsPhrase, behind.key == "born", words.count > 1 { return .person }
    // Two words that are never written small, not where something is.
    let isPlaced = ["in", "at", "near", "from", "of", "on", "to"].contains(before)
    if isPersonal, !isPlaced, (2...3).contains(words.count),
      text.words[words].allSatisfy({ word in
        corpus.isRareInSmall(word.key) && word.text.dropFirst().contains(where: \.isLowercase)
      })
    {
      return .person
    }
    return .name
  }

  /// One to three words between words that have a function, none of which is a verb as far as can be told.
  private func term(
    _ text: ReadingText,
    _ index: Int,
    _ sentence: Range<Int>
  ) -> AnswerSpan? {
    guard index > sentence.lowerBound else { return nil }
    let before = text.words[index - 1]
    guard !before.endsPhrase,
      EnglishWords.articles.contains(before.key)
        || EnglishWords.prepositions.contains(before.key) && before.key != "to"
        || EnglishWords.forms.contains(before.key)
    else { return nil }
    let isBehindVerb = EnglishWords.forms.contains(before.key)
    var end = index
    while end < sentence.upperBound, end - index < 4 {
      let word = text.words[end]
      guard !word.text.isEmpty, !word.beginsPhrase, isTerm(word) else { break }
      end += 1
      if word.endsPhrase { break }
    }
    guard end > index, end - index <= 3 else { return nil }
    let last = text.words[end - 1]
    let isClosed: Bool
    if last.endsPhrase || end == sentence.upperBound {
      isClosed = true
    } else {
      let next = text.words[end].key
      // "The capital" of "the capital of France" is half a phrase.
      isClosed =
        next != "of" && !text.words[end].isCapitalized
        && (EnglishWords.prepositions.contains(next) || EnglishWords.auxiliaries.contains(next)
          || EnglishWords.perfect.contains(next) || EnglishWords.relatives.contains(next)
          || ["and", "or", "but", "also"].contains(next))
    }
    guard isClosed, last.text.count > 3, !last.key.hasSuffix("ly"), !last.key.hasSuffix("ing"),
      !VerbForms.isParticiple(last.key), !isBehindVerb || end - index > 1,
      !Self.weak.contains(last.key)
    else { return nil }
    return AnswerSpan(kind: .term, words: index..<end)
  }

  private static let weak = EnglishWords.words(
    """
    time times part parts way ways number numbers example addition order case cases year years day days
    month months end beginning fact result people person thing things place name names group groups type
    types kind form forms include includes see make use cause occur become area areas lot variety series list use able likely available different first
    second third last following same main page one total least season episode
    """
  )

  private func isTerm(_ word: ReadingText.Word) -> Bool {
    word.text.first?.isLowercase == true && !EnglishWords.functionWords.contains(word.key)
      && word.text.allSatisfy { $0.isLetter || $0 == "-" }
  }
}
