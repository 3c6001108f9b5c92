import Knowledge

/// How well the words of a question meet words of like meaning in a text.
///
/// Late interaction (Khattab and Zaharia, SIGIR 2020, arXiv 2004.12832) over the words' vectors from the
/// embedder's own forward pass: for each word of the question, the highest cosine with any word of the
/// text. A question whose rare words meet nothing is probably not answered there.
struct WordAlignment: Sendable {
  /// The best cosine of each word of the question, −1 to 1; ``nothing`` where the text has no words.
  private(set) var best: [Double]

  /// What a word is taken to meet in a text without words.
  static let nothing = -0.2

  /// Meets nothing yet.
  init(of question: [AskedQuestion.Word]) {
    best = Array(repeating: Self.nothing, count: question.count)
  }

  /// Takes in one more word of the text.
  mutating func meet(_ vector: [Float], question: [AskedQuestion.Word]) {
    for (index, word) in question.enumerated() {
      best[index] = max(best[index], Double(cosine(word.vector, vector)))
    }
  }

  /// The alignment with both texts together.
  func joined(with other: WordAlignment) -> WordAlignment {
    var joined = self
    for index in best.indices { joined.best[index] = max(best[index], other.best[index]) }
    return joined
  }

  /// Mean over the question's words, weighted by rarity.
  func weighted(by question: [AskedQuestion.Word]) -> Double {
    let total = question.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return mean }
    return zip(question, best).reduce(0) { $0 + $1.0.weight * $1.1 } / total
  }

  /// Mean over all its words.
  var mean: Double { best.isEmpty ? 0 : best.reduce(0, +) / Double(best.count) }

  /// The lowest of its meaningful words.
  func weakest(of question: [AskedQuestion.Word]) -> Double {
    zip(question, best).filter { $0.0.weight > 0 }.map(\.1).min() ?? mean
  }

  /// That of the word that names what is asked for; nil where none does.
  func focus(of question: [AskedQuestion.Word]) -> Double? {
    zip(question, best).first { $0.0.isFocus }?.1
  }

  /// By how much the question's words meet another text better: the most of a meaningful word, and the
  /// mean weighted by rarity. Never below 0 where the other text holds this one.
  func gaps(
    to other: WordAlignment,
    question: [AskedQuestion.Word]
  ) -> (largest: Double, weighted: Double) {
    let gaps = zip(other.best, best).map { $0 - $1 }
    let total = question.reduce(0) { $0 + $1.weight }
    let weighted = zip(question, gaps).reduce(0) { $0 + $1.0.weight * $1.1 }
    let largest = zip(question, gaps).filter { $0.0.weight > 0 }.map(\.1).max() ?? 0
    return (largest, total > 0 ? weighted / total : 0)
  }
}
