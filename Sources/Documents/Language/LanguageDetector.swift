/// Tells the language of a text by its script and by the small words that every text of a language
/// is full of.
public enum LanguageDetector {
  /// How many pieces of a text are looked at, and how long they are in bytes.
  private static let pieces = 4
  private static let pieceLength = 2048

  /// The language as a BCP 47 tag such as `de`, or nil where the text is too short or too mixed to
  /// be sure.
  ///
  /// - Complexity: O(1) in the length of the text.
  public static func language(of text: String) -> String? {
    var scripts = ScriptCounts()
    var words: [String: Int] = [:]
    var wordCount = 0
    for piece in sample(text) {
      var word = String.UnicodeScalarView()
      for scalar in piece.unicodeScalars {
        scripts.count(scalar)
        if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark {
          word.append(scalar)
        } else if !word.isEmpty {
          words[String(word).lowercased(), default: 0] += 1
          wordCount += 1
          word.removeAll()
        }
      }
    }
    guard let script = scripts.main else { return nil }
    switch script {
    case .latin: return byWords(words, wordCount, among: FunctionWords.latin)
    case .cyrillic: return byWords(words, wordCount, among: FunctionWords.cyrillic)
    case .arabic: return byWords(words, wordCount, among: FunctionWords.arabic)
    case .greek: return "el"
    case .hebrew: return "he"
    case .devanagari: return "hi"
    case .bengali: return "bn"
    case .tamil: return "ta"
    case .thai: return "th"
    case .georgian: return "ka"
    case .armenian: return "hy"
    case .hangul: return "ko"
    case .kana: return "ja"
    case .han: return "zh"
    }
  }

  private static func byWords(
    _ words: [String: Int],
    _ count: Int,
    among languages: [(tag: String, words: Set<String>)]
  ) -> String? {
    guard count >= 5 else { return nil }
    var best: (tag: String, hits: Double) = ("", 0)
    var second = 0.0
    for language in languages {
      var hits = 0.0
      let letters = FunctionWords.letters[language.tag] ?? []
      for (word, number) in words {
        let isOwn = word.unicodeScalars.contains { letters.contains($0) }
        guard isOwn || language.words.contains(word) else { continue }
        // A word that one text repeats over and over says less each time.
        // Single letters also stand for things.
        let weight = word.utf8.count == 1 ? 0.3 : 1
        hits += weight * Double(min(number, max(3, count / 10)))
      }
      if hits > best.hits {
        second = best.hits
        best = (language.tag, hits)
      } else if hits > second {
        second = hits
      }
    }
    guard best.hits >= 2, best.hits * 14 >= Double(count), best.hits >= second * 1.2 else {
      return nil
    }
    return best.tag
  }

  /// The beginning, and places spread over the rest.
  private static func sample(_ text: String) -> [String] {
    let bytes = text.utf8
    let count = bytes.count
    guard count > pieces * pieceLength else { return [text] }
    return (0..<pieces).map { index in
      let offset = (count - pieceLength) / (pieces - 1) * index
      let start = bytes.index(bytes.startIndex, offsetBy: offset)
      let end = bytes.index(start, offsetBy: pieceLength)
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }
}
