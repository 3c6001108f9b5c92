import Foundation
import Knowledge

/// The meaningful words of a question as stems, each with its weight by rarity.
struct QuestionTerms: Sendable {
  /// Stem → inverse passage frequency, ln(1 + (N − n + ½) / (n + ½)).
  let weights: [String: Double]
  /// Sum of all weights.
  let total: Double

  init(_ question: String, store: any PassageStore) throws {
    let terms = QueryTerms.terms(of: question)
    let statistics = try store.documentFrequencies(of: terms)
    var weights: [String: Double] = [:]
    for term in terms {
      let n = Double(statistics.frequencies[term] ?? 0)
      let rarity = log(1 + (Double(statistics.passageCount) - n + 0.5) / (n + 0.5))
      let stem = LightStemmer.stem(term)
      weights[stem] = max(weights[stem] ?? 0, max(rarity, 0))
    }
    self.weights = weights
    // Summed in a fixed order, so that the same question gives the same figure to the last bit.
    total = weights.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
  }

  /// The share of the question's weight whose stems are among these, 0 to 1.
  func coverage(by stems: Set<String>) -> Double {
    guard total > 0 else { return 0 }
    let covered = weights.sorted { $0.key < $1.key }
      .reduce(0) { $0 + (stems.contains($1.key) ? $1.value : 0) }
    return covered / total
  }

  /// Of the two rarest words, the share by weight that is not among these stems.
  func missingRare(from stems: Set<String>) -> Double {
    let rarest = weights.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(2)
    let weight = rarest.reduce(0) { $0 + $1.value }
    guard weight > 0 else { return 0 }
    return rarest.reduce(0) { $0 + (stems.contains($1.key) ? 0 : $1.value) } / weight
  }
}
