import Knowledge

/// A question with everything that is compared with passages.
struct AskedQuestion {
  let vector: [Float]
  let terms: QuestionTerms
  let type: QuestionType
  /// Stems of all its words.
  let stems: Set<String>
  /// The vector of each of its words, with the word's weight by rarity; 0 for function words.
  let words: [(vector: [Float], weight: Double)]

  /// One forward pass gives the question's vector and those of its words.
  init(_ question: String, store: any PassageStore, embedder: any TextEmbedder) throws {
    let terms = try QuestionTerms(question, store: store)
    let words = QueryTerms.allWords(of: question)
    let ranges = QueryTerms.wordRanges(of: question)
    let embedded = try embedder.embed([EmbeddingInput(text: question, spans: ranges)]).first
    vector = embedded?.vector ?? []
    self.terms = terms
    type = QuestionType(question)
    stems = Set(LightStemmer.stems(of: words))
    self.words = zip(words, embedded?.spanVectors ?? []).filter { !$0.1.isEmpty }.map {
      (vector: $1, weight: terms.weights[LightStemmer.stem($0)] ?? 0)
    }
  }
}
