/// The words of a question that a word search should look for.
public enum QueryTerms {
  /// Lower-case words in order of first appearance. Words that carry no meaning of their own are left
  /// out as long as others remain.
  public static func terms(of query: String) -> [String] {
    let words = words(of: query)
    let meaningful = words.filter { !stopWords.contains($0) }
    return meaningful.isEmpty ? words : meaningful
  }

  /// All words, lower-case, each once, in order of first appearance.
  ///
  /// A word is a run of letters, digits and marks, as the store's own tokenizer splits text.
  public static func words(of text: String) -> [String] {
    var seen: Set<String> = []
    return allWords(of: text).filter { seen.insert($0).inserted }
  }

  /// All words, lower-case, in order, repeats included.
  public static func allWords(of text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return ranges(in: scalars).map { range in
      String(String.UnicodeScalarView(scalars[range])).lowercased()
    }
  }

  /// Where each word of ``allWords(of:)`` stands, in Unicode scalars.
  public static func wordRanges(of text: String) -> [Range<Int>] {
    ranges(in: Array(text.unicodeScalars))
  }

  private static func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (index, scalar) in scalars.enumerated() {
      if isWordScalar(scalar) {
        start = start ?? index
      } else if let first = start {
        ranges.append(first..<index)
        start = nil
      }
    }
    if let start { ranges.append(start..<scalars.count) }
    return ranges
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (48...57).contains(scalar.value) || (65...90).contains(scalar.value)
        || (97...122).contains(scalar.value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .privateUse:
      return true
    default:
      return false
    }
  }

  /// English function words and question words.
  public static let stopWords: Set<String> = [
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "been", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from",
    "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "just", "may", "me", "might", "must", "my", "no", "not",
    "of", "on", "or", "our", "ours", "shall", "she", "should", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to",
    "too", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "would", "you", "your", "yours", "s", "t", "ll", "ve", "re",
  ]
}
