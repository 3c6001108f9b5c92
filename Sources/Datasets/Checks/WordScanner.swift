/// Splits a text into words for comparison: lower case, apostrophes resolved, numbers in one spelling.
enum WordScanner {
  /// A word of a text.
  struct Word {
    /// Lower case; a number in one spelling, such as `1000.5`.
    var text: String
    /// Whether it is a number.
    var isNumber: Bool
    /// Whether it begins with a capital though it does not begin a sentence, and is not all capitals
    /// in a text of capitals.
    var isName: Bool
  }

  /// The words of a text in order. Ideographs and kana are a word each.
  static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var letters = String.UnicodeScalarView()
    var isCapital = false
    var startsSentence = true
    let scalars = Array(text.unicodeScalars)
    var index = 0

    func finish() {
      guard !letters.isEmpty else { return }
      append(String(letters), isName: isCapital && !startsSentence, to: &words)
      letters = .init()
      startsSentence = false
    }

    while index < scalars.count {
      let scalar = scalars[index]
      if isDigit(scalar), letters.isEmpty {
        let (number, next) = number(scalars, at: index)
        words.append(Word(text: number, isNumber: true, isName: false))
        startsSentence = false
        index = next
        continue
      }
      if isIdeograph(scalar) {
        finish()
        words.append(Word(text: String(Character(scalar)), isNumber: false, isName: false))
      } else if isLetter(scalar) || isDigit(scalar) {
        if letters.isEmpty { isCapital = isUppercase(scalar) }
        if scalar.value < 0x80 {
          letters.append(scalar.value >= 0x41 && scalar.value <= 0x5A ? lower(scalar) : scalar)
        } else {
          letters.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
      } else if scalar == "'" || scalar == "\u{2019}", !letters.isEmpty {
        letters.append("'")
      } else {
        finish()
        if ".!?:\n\"“”«»".unicodeScalars.contains(scalar) { startsSentence = true }
      }
      index += 1
    }
    finish()
    // In a text of capitals, capitals name nothing.
    let named = words.count { $0.isName }
    if named * 2 > words.count, words.count > 4 {
      for place in words.indices { words[place].isName = false }
    }
    return words
  }

  private static func append(_ raw: String, isName: Bool, to words: inout [Word]) {
    guard raw.utf8.contains(0x27) else {
      words.append(Word(text: raw, isNumber: false, isName: isName))
      return
    }
    var parts = raw.split(separator: "'").map(String.init)
    if raw.hasSuffix("n't") {
      let stem = String(raw.dropLast(3))
      parts = [stem == "ca" ? "can" : stem == "wo" ? "will" : stem, "not"]
    }
    for part in parts where !part.isEmpty {
      words.append(Word(text: part, isNumber: false, isName: isName))
    }
  }

  /// A number with its separators: groups of three digits are joined, a fraction keeps a point, zeros
  /// that change nothing go.
  private static func number(_ scalars: [Unicode.Scalar], at start: Int) -> (String, Int) {
    var groups: [[Unicode.Scalar]] = [[]]
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if isDigit(scalar) {
        groups[groups.count - 1].append(scalar)
      } else if scalar == "." || scalar == "," || scalar == "'", index + 1 < scalars.count,
        isDigit(scalars[index + 1])
      {
        groups.append([])
      } else {
        break
      }
      index += 1
    }
    var whole = String.UnicodeScalarView()
    whole.append(contentsOf: groups[0])
    var fraction = String.UnicodeScalarView()
    for (place, group) in groups.enumerated().dropFirst() {
      if group.count == 3 || place < groups.count - 1 {
        whole.append(contentsOf: group)
      } else {
        fraction.append(contentsOf: group)
      }
    }
    while fraction.last == "0" { fraction.removeLast() }
    var digits = Substring(String(whole))
    while digits.count > 1, digits.first == "0" { digits = digits.dropFirst() }
    return (fraction.isEmpty ? String(digits) : "\(digits).\(String(fraction))", index)
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value + 32))
  }

  // Most texts are ASCII, for which the tables of Unicode need not be asked.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value | 0x20 >= 0x61 && scalar.value | 0x20 <= 0x7A }
    return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
  }

  private static func isUppercase(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value >= 0x41 && scalar.value <= 0x5A }
    return scalar.properties.isUppercase
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x30 && scalar.value <= 0x39
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
