import Foundation

/// The words and two-word names that a company's texts use and general text hardly does.
///
/// A term stands at least three times in the company's texts, at least eight times as often there as
/// in general text, and the contrast is beyond chance at p < 0.001: Dunning's log-likelihood ratio
/// G² = 2·Σ O·ln(O/E) of the 2 × 2 table of term and text is above 10.83 (Dunning 1993,
/// aclanthology.org/J93-1003; as keywords: Rayson & Garside 2000, doi:10.3115/1117729.1117730). A
/// name is two words with capitals, side by side, that do not begin a sentence.
public struct CompanyTerms: Codable, Hashable, Sendable {
  /// Words in lower case.
  public private(set) var words: Set<String>
  /// Two words in lower case, joined by a blank.
  public private(set) var names: Set<String>

  /// Finds the terms.
  ///
  /// - Parameters:
  ///   - company: the company's texts.
  ///   - general: texts that have nothing to do with the company, in the same language. The more, the
  ///     rarer a term may be.
  public init(company: [String], general: [String]) {
    let (own, other) = (Counts(company), Counts(general))
    let totals = (Double(own.total), Double(other.total))
    words = Self.terms(own.words, against: other.words, totals: totals)
    names = Self.terms(own.names, against: other.names, totals: totals)
  }

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

  private static func terms(
    _ own: [String: Int],
    against other: [String: Int],
    totals: (own: Double, other: Double)
  ) -> Set<String> {
    let found = own.filter { term, count in
      guard count >= 3 else { return false }
      let (here, there) = (Double(count), Double(other[term] ?? 0))
      // Half an occurrence stands for none, so that the ratio is finite.
      let ratio = (here / totals.own) / (max(there, 0.5) / max(totals.other, 1))
      return ratio >= 8 && logLikelihoodRatio(here, of: totals.own, there, of: totals.other) > 10.83
    }
    return Set(found.keys)
  }

  private static func logLikelihoodRatio(
    _ first: Double,
    of firstTotal: Double,
    _ second: Double,
    of secondTotal: Double
  ) -> Double {
    let share = (first + second) / (firstTotal + secondTotal)
    let cells = [
      (first, firstTotal * share), (firstTotal - first, firstTotal * (1 - share)),
      (second, secondTotal * share), (secondTotal - second, secondTotal * (1 - share)),
    ]
    return 2 * cells.reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
  }
}

/// How often words, and pairs of words with capitals, stand in texts.
private struct Counts {
  /// Of three letters or more.
  var words: [String: Int] = [:]
  var names: [String: Int] = [:]
  /// All words.
  var total = 0

  init(_ texts: [String]) {
    for text in texts {
      let composed = text.precomposedStringWithCanonicalMapping
      // The word before, where it could begin a name: with a capital that is not for being the first
      // of a sentence or line.
      var capital: Substring?
      var end: String.Index?
      for word in composed.split(whereSeparator: { !Self.isWord($0) }) {
        let lower = word.lowercased()
        let gap = composed[(end ?? word.startIndex)..<word.startIndex]
        let isFirst = end == nil || gap.contains { ".!?".contains($0) || $0.isNewline }
        total += 1
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
