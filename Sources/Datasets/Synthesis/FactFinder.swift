/// Finds what a question can ask for in a sentence: numbers, dates and names.
enum FactFinder {
  /// A run of words and what it is.
  struct Fact: Hashable {
    enum Kind: Hashable {
      case number, year, date, name
    }

    var kind: Kind
    /// The words, by their places in the sentence.
    var words: Range<Int>
  }

  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let units: Set<String> = [
    "percent", "million", "billion", "thousand", "hundred", "day", "days", "hour", "hours",
    "minute", "minutes", "second", "seconds", "week", "weeks", "month", "months", "year", "years",
    "miles", "km", "kg", "mg", "g", "m", "cm", "mm", "feet", "dollars", "euros", "usd", "eur",
    "gb", "mb", "kb", "tb",
  ]
  /// Capitalized words that are no names by themselves.
  private static let common: Set<String> = [
    "the", "a", "an", "in", "on", "at", "for", "of", "to", "and", "or", "if", "when", "as", "by",
    "with", "from", "all", "any", "each", "every", "no", "not", "is", "are", "be", "do", "i",
    "please", "use", "click", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday",
  ]

  /// The facts of a sentence, in their order, none within another.
  ///
  /// - Parameter words: The words of the sentence as they stand, punctuation included.
  /// - Returns: What each is, and which words it has.
  static func facts(in words: [Substring]) -> [Fact] {
    var facts: [Fact] = []
    var index = 0
    while index < words.count {
      let fact =
        date(words, at: index) ?? number(words, at: index) ?? name(words, at: index)
      if let fact {
        facts.append(fact)
        index = fact.words.upperBound
      } else {
        index += 1
      }
    }
    return facts
  }

  /// A word without the punctuation around it.
  static func core(_ word: Substring) -> Substring {
    let marks = ".,;:!?()[]\"“”'‘’«»。，！？"
    let front = word.drop { marks.contains($0) }
    guard let end = front.lastIndex(where: { !marks.contains($0) }) else { return "" }
    return front[...end]
  }

  /// Whether nothing but letters, digits and signs stands behind a word's core, so that a fact may go on.
  private static func isOpen(_ word: Substring) -> Bool {
    guard let last = word.last else { return false }
    return last.isLetter || last.isNumber || last == "%"
  }

  private static func isYear(_ text: Substring) -> Bool {
    guard text.utf8.count == 4, let year = Int(text) else { return false }
    return (1000...2199).contains(year)
  }

  private static func date(_ words: [Substring], at index: Int) -> Fact? {
    func core(_ offset: Int) -> String? {
      words.indices.contains(index + offset)
        ? Self.core(words[index + offset]).lowercased() : nil
    }
    func isDay(_ text: String?) -> Bool {
      guard let text, let day = Int(text.prefix { $0.isASCII && $0.isNumber }) else { return false }
      return (1...31).contains(day) && text.count <= 4
    }
    func isMonth(_ text: String?) -> Bool { text.map(months.contains) ?? false }
    func isYear(_ text: String?) -> Bool { text.map { Self.isYear($0[...]) } ?? false }
    var length = 0
    if isMonth(core(0)), words[index].first?.isUppercase == true, isDay(core(1)) {
      length = isYear(core(2)) ? 3 : 2
    } else if isDay(core(0)), isMonth(core(1)) {
      length = isYear(core(2)) ? 3 : 2
    } else if isMonth(core(0)), isYear(core(1)), words[index].first?.isUppercase == true {
      length = 2
    }
    return length > 0 ? Fact(kind: .date, words: index..<index + length) : nil
  }

  private static func number(_ words: [Substring], at index: Int) -> Fact? {
    let text = core(words[index])
    let digits = text.count { $0.isNumber }
    guard digits > 0, text.allSatisfy({ $0.isNumber || "$€£¥.,%-–/:+".contains($0) }) else {
      return nil
    }
    if isYear(text) { return Fact(kind: .year, words: index..<index + 1) }
    var end = index + 1
    while end < words.count, end < index + 3, isOpen(words[end - 1]),
      units.contains(core(words[end]).lowercased())
    {
      end += 1
    }
    // A lone digit could stand anywhere; with its unit it says something.
    guard digits > 1 || end > index + 1 || text.count > 1 else { return nil }
    return Fact(kind: .number, words: index..<end)
  }

  private static func name(_ words: [Substring], at index: Int) -> Fact? {
    func isName(_ place: Int) -> Bool {
      let text = core(words[place])
      return text.first?.isUppercase == true && text.count > 1
        && !common.contains(text.lowercased())
    }
    guard isName(index) else { return nil }
    var end = index + 1
    while end < words.count, end < index + 5, isOpen(words[end - 1]), isName(end) { end += 1 }
    // The first word of a clause is capitalized whatever it is.
    guard index > 0, let before = words[index - 1].last,
      before.isLetter || before.isNumber || before == ",",
      words[index].first?.isLetter == true
    else { return nil }
    let phrase = words[index..<end]
    guard !phrase.dropLast().contains(where: { $0.contains { "([“\"".contains($0) } }),
      !phrase.contains(where: { $0.contains("(") })
    else { return nil }
    return Fact(kind: .name, words: index..<end)
  }
}
