import Foundation
import Knowledge

/// A sentence as the support check sees it: its words in order, and the facts among them.
struct FactText: Sendable {
  /// A word or number.
  struct Token: Sendable {
    /// Where it stands, in scalars of the text.
    var range: Range<Int>
    var lower: String
    var stem: String
    var isStop: Bool
    /// Denies what follows.
    var isNegation: Bool
    var isCapitalised: Bool
    /// All of its letters are capitals, and there are two or more.
    var isAcronym: Bool
    /// Follows the token before it with nothing but a blank, hyphen or apostrophe between.
    var isJoined: Bool
  }

  /// A name or a number: what a sentence must not get wrong.
  struct Fact: Sendable {
    enum Kind: Sendable {
      case name, number
    }

    var kind: Kind
    /// Which tokens it takes.
    var tokens: Range<Int>
    /// Any of these in a passage is the same fact.
    var keys: Set<String>
    /// The measure or currency that a number is of, in one spelling.
    var unit: String?
    /// The first word of its sentence, which may be no name at all.
    var isDoubtful = false
    var text: String
  }

  let text: String
  let tokens: [Token]
  let facts: [Fact]

  init(_ text: String) {
    self.text = text
    let scalars = Array(text.unicodeScalars)
    tokens = Self.tokens(of: scalars)
    let numbers = NumberReader(scalars: scalars, tokens: tokens).facts()
    var taken = Set<Int>()
    for fact in numbers { taken.formUnion(fact.tokens) }
    facts = numbers + Self.names(in: tokens, besides: taken)
  }

  /// The stems of all its words.
  var stems: Set<String> { Set(tokens.map(\.stem)) }

  /// The places of the words that carry its meaning beside names and numbers.
  var content: [Int] {
    var taken = Set<Int>()
    for fact in facts where !fact.isDoubtful { taken.formUnion(fact.tokens) }
    return tokens.indices.filter { index in
      let token = tokens[index]
      return !token.isStop && !taken.contains(index) && !token.isNegation
        && token.lower.count > 1
    }
  }

  private static func tokens(of scalars: [Unicode.Scalar]) -> [Token] {
    let text = String(String.UnicodeScalarView(scalars))
    var tokens: [Token] = []
    for range in QueryTerms.wordRanges(of: text).flatMap({ pieces(of: $0, in: scalars) }) {
      let word = String(String.UnicodeScalarView(scalars[range]))
      let lower = folded(word)
      let before = tokens.last?.range.upperBound ?? range.lowerBound
      // Pairs of signs overlap.
      let gap = scalars[min(before, range.lowerBound)..<range.lowerBound]
      let isContracted =
        gap.count == 1 && gap.allSatisfy { $0 == "'" || $0 == "’" }
        && tokens.last?.lower.hasSuffix("n") ?? false
      tokens.append(
        Token(
          range: range,
          lower: lower,
          stem: LightStemmer.stem(lower),
          isStop: QueryTerms.stopWords.contains(lower),
          isNegation: Negation.isNegation(lower, isContracted: isContracted),
          isCapitalised: scalars[range.lowerBound].properties.isUppercase,
          isAcronym: range.count > 1
            && scalars[range].allSatisfy {
              $0.properties.isUppercase || $0.properties.numericType != nil
            },
          isJoined: !tokens.isEmpty && gap.count <= 2 && gap.allSatisfy(joins)
        )
      )
    }
    return tokens
  }

  /// Scripts without blanks between words are cut into pairs of signs, which overlap.
  private static func pieces(of range: Range<Int>, in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let isDense = isUnspaced(scalars[start])
      let end =
        scalars[start..<range.upperBound].firstIndex { isUnspaced($0) != isDense }
        ?? range.upperBound
      if isDense, end - start > 2 {
        pieces += (start..<(end - 1)).map { $0..<($0 + 2) }
      } else {
        pieces.append(start..<end)
      }
      start = end
    }
    return pieces
  }

  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "-" || scalar == "'" || scalar == "’" || scalar == "."
      || scalar == "&"
  }

  /// Lower case, without accents, and in the usual width.
  static func folded(_ word: String) -> String {
    word.lowercased().folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
  }

  private static func names(in tokens: [Token], besides taken: Set<Int>) -> [Fact] {
    tokens.indices.compactMap { index in
      let token = tokens[index]
      guard token.isCapitalised, !token.isStop, !taken.contains(index),
        !token.isNegation, token.lower.count > 1 || index > 0
      else { return nil }
      var isDoubtful = false
      if index == 0 {
        let next = tokens.count > 1 ? tokens[1] : nil
        isDoubtful = !token.isAcronym && !(next.map { $0.isCapitalised && $0.isJoined } ?? false)
        if starters.contains(token.lower) || isDoubtful && isForm(token.lower) { return nil }
      }
      return Fact(
        kind: .name,
        tokens: index..<(index + 1),
        keys: [token.stem],
        isDoubtful: isDoubtful,
        text: token.lower
      )
    }
  }

  /// Adverbs and participles, by their endings.
  private static func isForm(_ word: String) -> Bool {
    word.hasSuffix("ly") || word.hasSuffix("ing") && word.count > 5
  }

  /// Words that begin sentences and are no names.
  private static let starters: Set<String> = [
    "according", "additionally", "although", "another", "based", "because", "before", "besides",
    "both", "despite", "each", "either", "even", "every", "few", "finally", "first", "further",
    "furthermore", "given", "hence", "however", "instead", "lastly", "last", "later", "like",
    "many",
    "moreover", "most", "neither", "nevertheless", "next", "no", "now", "once", "one", "only",
    "other", "others", "overall", "people", "second", "several", "since", "thereby", "therefore",
    "third", "though", "through", "throughout", "thus", "today", "two", "three", "under", "unless",
    "unlike", "until", "upon", "whenever", "whereas", "whether", "within", "without", "yes", "yet",
  ]
}
