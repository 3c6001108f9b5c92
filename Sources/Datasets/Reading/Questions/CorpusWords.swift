/// What the texts themselves tell about words: how frequent they are, which begin names of persons, and
/// which sentences are repeated from page to page.
struct CorpusWords: Sendable {
  /// How often each word stands in small letters.
  private(set) var counts: [String: Int] = [:]
  /// Words that begin the names of persons.
  private(set) var firstNames = Gazetteer.firstNames
  private var sentences: [String: Int] = [:]

  /// - Parameters:
  ///   - documents: The texts that questions are made from.
  ///   - persons: Names that are known to be of persons, such as answers to "who".
  init(_ documents: [ReadingDocument], persons: [String] = []) {
    for document in documents {
      var own: Set<String> = []
      for passage in document.passages {
        for word in passage.split(whereSeparator: { !$0.isLetter })
        where word.first?.isLowercase == true {
          counts[String(word), default: 0] += 1
        }
        let text = ReadingText(passage)
        for sentence in text.sentences {
          own.insert(Self.key(text, sentence))
        }
      }
      for key in own { sentences[key, default: 0] += 1 }
    }
    for person in persons {
      let words = person.split(separator: " ")
      guard (2...4).contains(words.count), words.allSatisfy({ $0.first?.isUppercase == true }),
        let first = words.first,
        !words.contains(where: { Gazetteer.bodies.contains($0.lowercased()) })
      else { continue }
      let key = first.lowercased()
      if !EnglishWords.functionWords.contains(key), counts[key, default: 0] < 20 {
        firstNames.insert(key)
      }
    }
  }

  /// Whether a sentence stands in several documents: a form that is filled in says nothing about one.
  func isRepeated(_ text: ReadingText, _ sentence: Range<Int>) -> Bool {
    sentences[Self.key(text, sentence), default: 0] > 1
  }

  /// Whether a word is a name by the look of it: it does not occur in small letters.
  func isRareInSmall(_ key: String) -> Bool { counts[key, default: 0] < 3 }

  private static func key(_ text: ReadingText, _ sentence: Range<Int>) -> String {
    text.words[sentence].map(\.key).joined(separator: " ")
  }
}
