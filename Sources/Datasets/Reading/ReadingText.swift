/// A text with its words and sentences, each with its place in Unicode scalars.
///
/// Blanks are made single first, so that every two words are one blank apart.
struct ReadingText: Sendable {
  /// A word as it stands between blanks.
  struct Word: Sendable {
    /// The word with the punctuation around it.
    var range: Range<Int>
    /// The word without it; empty where there is nothing but punctuation.
    var core: Range<Int>
    /// The core as it stands.
    var text: String
    /// The core in lower case.
    var key: String

    /// Whether punctuation, or nothing, stands behind the core.
    var endsPhrase: Bool { core.upperBound < range.upperBound }
    /// Whether punctuation stands before it.
    var beginsPhrase: Bool { range.lowerBound < core.lowerBound }
    var isCapitalized: Bool { text.first?.isUppercase == true }
    var isNumeric: Bool { text.first?.isASCII == true && text.first?.isNumber == true }
  }

  let scalars: [Unicode.Scalar]
  let words: [Word]
  /// Ranges of words.
  let sentences: [Range<Int>]

  init(_ text: String) {
    var scalars: [Unicode.Scalar] = []
    var words: [Word] = []
    for part in text.split(whereSeparator: \.isWhitespace) {
      if !scalars.isEmpty { scalars.append(" ") }
      let start = scalars.count
      scalars.append(contentsOf: part.unicodeScalars)
      words.append(Self.word(Array(part.unicodeScalars), at: start))
    }
    self.scalars = scalars
    self.words = words
    sentences = Self.sentences(words, scalars)
  }

  var text: String { text(of: 0..<scalars.count) }

  /// Scalars as a text.
  func text(of range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// Words with the blanks and the punctuation between them, but not that at the outer ends.
  func core(of words: Range<Int>) -> Range<Int> {
    guard let first = self.words[words].first, let last = self.words[words].last else {
      return 0..<0
    }
    return first.core.lowerBound..<max(first.core.lowerBound, last.core.upperBound)
  }

  /// Words with all their punctuation.
  func whole(_ words: Range<Int>) -> Range<Int> {
    guard let first = self.words[words].first, let last = self.words[words].last else {
      return 0..<0
    }
    return first.range.lowerBound..<last.range.upperBound
  }

  /// The last scalar of a word.
  func end(_ word: Int) -> Unicode.Scalar { scalars[words[word].range.upperBound - 1] }

  private static let marks = Set(".,;:!?()[]{}\"“”'‘’«»„…–—-/*_`<>|。，！？".unicodeScalars)

  private static func word(_ part: [Unicode.Scalar], at start: Int) -> Word {
    var low = part.startIndex
    var high = part.endIndex
    while low < high, marks.contains(part[low]) { low += 1 }
    while high > low, marks.contains(part[high - 1]) { high -= 1 }
    // "U.S." and "Jr." keep their stop; a possessive goes.
    if high < part.count, part[high] == ".", high > low,
      part[low..<high].contains(".") || isAbbreviation(part[low..<high])
    {
      high += 1
    }
    if high - low > 2, part[high - 1] == "s", part[high - 2] == "'" || part[high - 2] == "’" {
      high -= 2
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part[low..<high])
    let text = String(view)
    return Word(
      range: start..<start + part.count,
      core: start + low..<start + high,
      text: text,
      key: text.lowercased()
    )
  }

  private static let abbreviations: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "no", "vs", "inc", "ltd", "co", "corp",
    "fig",
    "approx", "gen", "col", "lt", "capt", "sgt", "rev", "gov", "sen", "rep", "mt", "ft", "vol",
    "al",
    "ca", "c", "e.g", "i.e", "etc", "cf",
  ]

  private static func isAbbreviation(_ part: ArraySlice<Unicode.Scalar>) -> Bool {
    if part.count == 1, let letter = part.first { return letter.properties.isUppercase }
    guard part.count <= 6 else { return false }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part)
    return abbreviations.contains(String(view).lowercased())
  }

  private static func sentences(_ words: [Word], _ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    let closing = Set("\"'”’)]»".unicodeScalars)
    var sentences: [Range<Int>] = []
    var start = 0
    for (index, word) in words.enumerated() {
      // Lists and tables without stops are cut somewhere.
      if index - start >= 70 {
        sentences.append(start..<index)
        start = index
      }
      let mark = scalars[word.range].last { !closing.contains($0) }
      guard let mark, ".!?。！？".unicodeScalars.contains(mark) else { continue }
      if index + 1 < words.count {
        let next = words[index + 1]
        // A stop that belongs to the word ends no sentence, unless a capital that is common there follows.
        let isOwn =
          mark == "." && word.core.upperBound > word.core.lowerBound
          && scalars[word.core.upperBound - 1] == "."
        if isOwn, !starters.contains(next.text) || word.core.count == 2 { continue }
        if next.text.first?.isLowercase == true { continue }
      }
      sentences.append(start..<index + 1)
      start = index + 1
    }
    if start < words.count { sentences.append(start..<words.count) }
    return sentences
  }

  private static let starters: Set<String> = [
    "The", "In", "It", "He", "She", "They", "This", "A", "An", "On", "At", "These", "His", "Her",
  ]
}
