import Foundation

/// The words and two-word names that a company's texts use and general text hardly does.
///
/// The contrast is with the vocabulary of a model that was made from general text: a word that it does
/// not hold whole is rare there (in a vocabulary of 30,000, about one in a million words). A term stands
/// at least three times in the company's texts. A name is two words with capitals, side by side, that do
/// not begin a sentence.
public struct CompanyTerms: Codable, Hashable, Sendable {
  /// Words in lower case.
  public private(set) var words: Set<String>
  /// Two words in lower case, joined by a blank.
  public private(set) var names: Set<String>

  /// Finds the terms.
  ///
  /// - Parameters:
  ///   - texts: the company's.
  ///   - isGeneral: whether a word, in lower case, stands in the vocabulary of general text.
  public init(_ texts: [String], isGeneral: (String) -> Bool) {
    let counts = Counts(texts)
    words = Set(counts.words.filter { $0.value >= Self.least && !isGeneral($0.key) }.keys)
    names = Set(counts.names.filter { $0.value >= Self.least }.keys)
  }

  /// What stands less often may be a slip of the pen.
  private static let least = 3

  public var isEmpty: Bool { words.isEmpty && names.isEmpty }

  /// The terms that stand in a text, names before the single words that they are made of; each once,
  /// in the order of the text.
  public func terms(in text: String) -> [String] {
    let tokens = AnswerWords.plain(text)
    var found: [String] = []
    var index = 0
    while index < tokens.count {
      let name = index + 1 < tokens.count ? "\(tokens[index]) \(tokens[index + 1])" : ""
      let term = names.contains(name) ? name : words.contains(tokens[index]) ? tokens[index] : nil
      if let term, !found.contains(term) { found.append(term) }
      index += term == name ? 2 : 1
    }
    return found
  }

  /// The share of the terms in an accepted answer that the answer uses.
  ///
  /// - Returns: nil where the accepted answer holds no term.
  public func share(of answer: String, accepted: String) -> Double? {
    let wanted = terms(in: accepted)
    guard !wanted.isEmpty else { return nil }
    let tokens = AnswerWords.plain(answer)
    let used = wanted.count { tokens.containsRun($0.split(separator: " ").map(String.init)) }
    return Double(used) / Double(wanted.count)
  }
}

/// How often words, and pairs of words with capitals, stand in texts.
private struct Counts {
  /// Of three characters or more, with a letter among them.
  var words: [String: Int] = [:]
  var names: [String: Int] = [:]

  init(_ texts: [String]) {
    for text in texts {
      let composed = AnswerWords.composed(text)
      // The word before, where it could begin a name: with a capital that is not for being the first
      // of a sentence or line.
      var capital: Substring?
      var end: String.Index?
      for word in composed.split(whereSeparator: { !Self.isWord($0) }) {
        let lower = word.lowercased()
        let gap = composed[(end ?? word.startIndex)..<word.startIndex]
        let isFirst = end == nil || gap.contains { ".!?".contains($0) || $0.isNewline }
        if word.count >= 3, word.contains(where: \.isLetter) { words[lower, default: 0] += 1 }
        if let capital, gap == " ", Self.isCapital(word) {
          names["\(capital.lowercased()) \(lower)", default: 0] += 1
        }
        capital = Self.isCapital(word) && !isFirst ? word : nil
        end = word.endIndex
      }
    }
  }

  private static func isCapital(_ word: Substring) -> Bool {
    word.count > 1 && word.first?.isUppercase == true
  }

  private static func isWord(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy(AnswerWords.isWord)
  }
}
