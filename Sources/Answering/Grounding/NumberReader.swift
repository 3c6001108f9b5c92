import Foundation

/// Reads the numbers, dates and times of a sentence into keys that do not depend on how they are
/// written.
struct NumberReader {
  let scalars: [Unicode.Scalar]
  let tokens: [FactText.Token]

  /// The numbers in order.
  func facts() -> [FactText.Fact] {
    var facts: [FactText.Fact] = []
    var index = 0
    while index < tokens.count {
      if startsDigits(index) {
        let next = digits(from: index, into: &facts)
        index = max(next, index + 1)
      } else if let next = words(from: index, into: &facts) {
        index = next
      } else {
        index += 1
      }
    }
    return facts
  }

  // MARK: Digits

  private func startsDigits(_ index: Int) -> Bool {
    tokens[index].lower.unicodeScalars.contains { (0x30...0x39).contains($0.value) }
  }

  /// Reads the number that begins at a token; gives the token behind it.
  private func digits(from index: Int, into facts: inout [FactText.Fact]) -> Int {
    let end = endOfRun(from: index)
    let text = string(tokens[index].range.lowerBound..<tokens[end - 1].range.upperBound)
      .lowercased()
    if let date = date(text) {
      for keys in date { facts.append(fact(index..<end, keys: keys)) }
      return end
    }
    if let time = clockTime(text) {
      let half = end < tokens.count ? halfOfDay(end) : nil
      facts.append(
        fact(index..<(half?.end ?? end), keys: [Self.timeKey(time, isAfternoon: half?.isAfternoon)])
      )
      return half?.end ?? end
    }
    guard let (values, suffix) = Self.values(text) else {
      // Letters and digits mixed: a code, which must stand as it is.
      facts.append(fact(index..<end, keys: ["i:" + text.filter { $0.isLetter || $0.isNumber }]))
      return end
    }
    return number(values, suffix: suffix, from: index, to: end, into: &facts)
  }

  private func number(
    _ values: [Double],
    suffix: String,
    from index: Int,
    to end: Int,
    into facts: inout [FactText.Fact]
  ) -> Int {
    var values = values
    var end = end
    var unit = Self.units[suffix] ?? currency(before: index)
    if let factor = Self.suffixes[suffix] { values = values.map { $0 * factor } }
    if suffix.isEmpty, end < tokens.count, tokens[end].isJoined,
      let factor = Self.scales[tokens[end].lower]
    {
      values = values.map { $0 * factor }
      end += 1
    }
    if suffix.isEmpty, let value = values.first,
      let half = end < tokens.count ? halfOfDay(end) : nil,
      (1...12).contains(value)
    {
      let key = Self.timeKey((Int(value), 0), isAfternoon: half.isAfternoon)
      facts.append(fact(index..<half.end, keys: [key]))
      return half.end
    }
    if unit == nil { unit = unitBehind(end) }
    let keys = Set(values.map(Self.key))
    facts.append(fact(index..<end, keys: keys, unit: unit))
    addMonth(beside: index..<end, day: values.first, into: &facts)
    return end
  }

  /// Tokens that belong to one number: joined by signs that stand inside numbers, dates and times.
  private func endOfRun(from index: Int) -> Int {
    var end = index + 1
    while end < tokens.count, startsDigits(end) {
      let before = tokens[end - 1].range.upperBound
      guard before <= tokens[end].range.lowerBound else { break }
      let gap = scalars[before..<tokens[end].range.lowerBound]
      guard gap.count == 1, let sign = gap.first else { break }
      if ".,:/'’\u{A0}\u{202F}".unicodeScalars.contains(sign) {
        end += 1
      } else if sign == "-", isISODate(from: index) {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  private func isISODate(from index: Int) -> Bool {
    guard index + 2 < tokens.count else { return false }
    let text = string(tokens[index].range.lowerBound..<tokens[index + 2].range.upperBound)
    return text.count == 10 && date(text) != nil
  }

  private func string(_ range: Range<Int>) -> String {
    FactText.folded(String(String.UnicodeScalarView(scalars[range])))
  }

  /// A number's possible values, and the letters behind it; nil where it is no number.
  static func values(_ text: String) -> (values: [Double], suffix: String)? {
    let digits = text.prefix { $0.isNumber || ".,'’\u{A0}\u{202F}".contains($0) }
    let suffix = String(text.dropFirst(digits.count))
    guard !digits.isEmpty, suffix.allSatisfy(\.isLetter), suffix.isEmpty || isSuffix(suffix) else {
      return nil
    }
    let plain = digits.filter { $0.isNumber || $0 == "." || $0 == "," }
    func value(_ text: some StringProtocol) -> Double? { Double(String(text)) }
    let groups = plain.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1, !plain.contains("."), groups.dropFirst().allSatisfy({ $0.count == 3 }) {
      return value(plain.filter { $0 != "," }).map { ([$0], suffix) }
    }
    let dotted = plain.split(separator: ".", omittingEmptySubsequences: false)
    if dotted.count > 2 {
      // Thousands, or the number of a version or section.
      guard dotted.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
      return value(plain.filter { $0 != "." }).map { ([$0], suffix) }
    }
    if plain.contains("."), plain.contains(",") {
      let isEnglish =
        (plain.lastIndex(of: ".") ?? plain.startIndex)
        > (plain.lastIndex(of: ",") ?? plain.startIndex)
      let english = plain.filter { $0 != "," }
      let german = plain.filter { $0 != "." }.map { $0 == "," ? "." : $0 }
      return value(isEnglish ? english : String(german)).map { ([$0], suffix) }
    }
    guard let first = value(plain.map { $0 == "," ? "." : String($0) }.joined()) else { return nil }
    // 1.000 is one in English and a thousand in German.
    if dotted.count == 2, dotted[1].count == 3, dotted[0] != "0" {
      return ([first, first * 1000], suffix)
    }
    return ([first], suffix)
  }

  private static func isSuffix(_ suffix: String) -> Bool {
    suffixes[suffix] != nil || units[suffix] != nil
      || ["s", "st", "nd", "rd", "th", "er", "e"].contains(suffix)
  }

  static func key(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? String(Int64(value)) : String((value * 1e6).rounded() / 1e6)
  }

  // MARK: Words

  /// Reads a number that is written in words; gives the token behind it.
  private func words(from index: Int, into facts: inout [FactText.Fact]) -> Int? {
    var total = 0.0
    var group = 0.0
    var end = index
    var smallest = Double.infinity
    while end < tokens.count, end == index || tokens[end].isJoined {
      let word = tokens[end].lower
      if let value = NumberWords.values[word], value < smallest {
        group += value
        smallest = value < 20 ? 0 : 10
      } else if word == "hundred", end > index {
        group = max(group, 1) * 100
        smallest = .infinity
      } else if let scale = Self.scales[word], end > index {
        total += max(group, 1) * scale
        group = 0
        smallest = .infinity
      } else if word == "and", end > index, group >= 100, end + 1 < tokens.count,
        NumberWords.values[tokens[end + 1].lower] != nil
      {
        // two hundred and five
      } else {
        break
      }
      end += 1
    }
    guard end > index else { return ordinal(at: index, into: &facts) }
    let value = total + group
    var found = fact(index..<end, keys: [Self.key(value)], unit: unitBehind(end))
    // "one" is mostly a pronoun, and "the two" only points back.
    let pointsBack =
      index > 0 && ["the", "both", "these", "those"].contains(tokens[index - 1].lower)
    found.isDoubtful = value <= 1 || value <= 3 && pointsBack
    facts.append(found)
    return end
  }

  private func ordinal(at index: Int, into facts: inout [FactText.Fact]) -> Int? {
    guard let value = NumberWords.ordinals[tokens[index].lower] else { return nil }
    var found = fact(index..<(index + 1), keys: [Self.key(value)])
    found.isDoubtful = true
    facts.append(found)
    return index + 1
  }

  func fact(_ tokens: Range<Int>, keys: Set<String>, unit: String? = nil) -> FactText.Fact {
    let range =
      self.tokens[tokens.lowerBound].range
      .lowerBound..<self.tokens[tokens.upperBound - 1].range.upperBound
    return FactText.Fact(kind: .number, tokens: tokens, keys: keys, unit: unit, text: string(range))
  }
}
