import Knowledge

/// A question with everything that is compared with passages.
struct AskedQuestion {
  /// One word of the question.
  struct Word {
    let vector: [Float]
    /// By rarity; 0 for function words.
    let weight: Double
    /// Whether it names what is asked for, as "salary" in "What is the salary of the director?".
    let isFocus: Bool
  }

  let vector: [Float]
  let terms: QuestionTerms
  let type: QuestionType
  /// Stems of all its words.
  let stems: Set<String>
  let words: [Word]

  /// One forward pass gives the question's vector and those of its words.
  init(_ question: String, store: any PassageStore, embedder: any TextEmbedder) throws {
    let terms = try QuestionTerms(question, store: store)
    let words = QueryTerms.allWords(of: question)
    let ranges = QueryTerms.wordRanges(of: question)
    let embedded = try embedder.embed([EmbeddingInput(text: question, spans: ranges)]).first
    let focus = FocusWord.index(in: words)
    vector = embedded?.vector ?? []
    self.terms = terms
    type = QuestionType(question)
    stems = Set(LightStemmer.stems(of: words))
    self.words = zip(words.indices, embedded?.spanVectors ?? []).filter { !$0.1.isEmpty }.map {
      Word(
        vector: $1,
        weight: terms.weights[LightStemmer.stem(words[$0])] ?? 0,
        isFocus: $0 == focus
      )
    }
  }
}
