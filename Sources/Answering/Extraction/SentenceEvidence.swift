import Knowledge

/// What speaks for one sentence of a passage.
struct SentenceEvidence {
  let similarity: Double
  let coverage: Double
  /// Whether it holds the kind of thing asked for; nil where the question does not say.
  let typeMatch: Bool?
  let isFragment: Bool
  let alignment: WordAlignment
  /// By this the sentence is chosen around which a quote is made.
  let worth: Double

  init(
    _ text: String,
    similarity: Double,
    alignment: WordAlignment,
    isFragment: Bool,
    asked: AskedQuestion
  ) {
    let words = QueryTerms.allWords(of: text)
    self.similarity = similarity
    self.alignment = alignment
    self.isFragment = isFragment
    coverage = asked.terms.coverage(by: Set(LightStemmer.stems(of: words)))
    typeMatch = AnswerShape(text, lowercaseWords: words, questionStems: asked.stems)
      .matches(asked.type)
    worth =
      similarity + 0.5 * coverage + 1.5 * alignment.weighted(by: asked.words)
      + 0.4 * (alignment.focus(of: asked.words) ?? 0)
      - (typeMatch == false ? 0.3 : 0) - (isFragment ? 0.2 : 0)
  }
}
