import Knowledge

/// A reranker without a model: a passage with its word surely answers.
package struct WordReranker: PassageReranker {
  package let identity = "words@1"
  package let weight: Double
  private let word: String

  package init(word: String, weight: Double = 1) {
    self.word = word
    self.weight = weight
  }

  package func probabilities(question: String, passages: [String]) throws -> [Double] {
    passages.map { QueryTerms.allWords(of: $0).contains(word) ? 1 : 0 }
  }
}
