import Knowledge

/// How well each word of a question meets a word of like meaning in a passage.
///
/// Late interaction (Khattab and Zaharia, SIGIR 2020, arXiv 2004.12832) over the words' vectors from the
/// embedder's own forward pass: for each word of the question, the highest cosine with any word of the
/// passage. A question whose rare words meet nothing is probably not answered there.
package struct WordAlignment: Codable, Hashable, Sendable {
  /// Mean over the question's words, weighted by rarity.
  package var weighted: Double
  /// Mean over all its words.
  package var mean: Double
  /// The lowest of its meaningful words.
  package var weakest: Double
  /// The lower of its two rarest words.
  package var rare: Double

  package var values: [Double] { [weighted, mean, weakest, rare] }
  package static let names = [
    "alignment", "meanAlignment", "weakestAlignment", "rareAlignment",
  ]

  /// - Parameters:
  ///   - question: The vectors of the question's words with their weights.
  ///   - passage: The vectors of the passage's words.
  init(of question: [(vector: [Float], weight: Double)], with passage: [[Float]]) {
    let best = question.map { word in
      Double(passage.reduce(-1) { max($0, cosine(word.vector, $1)) })
    }
    guard !best.isEmpty else {
      weighted = 0
      mean = 0
      weakest = 0
      rare = 0
      return
    }
    let total = question.reduce(0) { $0 + $1.weight }
    mean = best.reduce(0, +) / Double(best.count)
    weighted = total > 0 ? zip(question, best).reduce(0) { $0 + $1.0.weight * $1.1 } / total : mean
    let meaningful = zip(question, best).filter { $0.0.weight > 0 }
    weakest = meaningful.map(\.1).min() ?? mean
    let rarest = meaningful.enumerated().sorted { first, second in
      (first.element.0.weight, second.offset) > (second.element.0.weight, first.offset)
    }.prefix(2)
    rare = rarest.map(\.element.1).min() ?? mean
  }
}
