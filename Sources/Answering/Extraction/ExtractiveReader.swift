import Documents
import Knowledge

/// Reads a context for the sentences and rows that answer a question.
struct ExtractiveReader: Sendable {
  private let store: any PassageStore
  private let embedder: any TextEmbedder
  private let weights: QuoteWeights

  /// Sentences that are embedded at most; with about 25 tokens each this bounds the time.
  private static let sentenceLimit = 48
  /// In Unicode scalars; shorter sentences are mostly headings and labels.
  private static let fragmentLength = 20

  init(store: any PassageStore, embedder: any TextEmbedder, weights: QuoteWeights) {
    self.store = store
    self.embedder = embedder
    self.weights = weights
  }

  /// All candidates of a context, best first.
  func candidates(
    for question: String,
    vector: [Float],
    context: [ContextPart]
  ) throws -> [QuoteCandidate] {
    let terms = try QuestionTerms(question, store: store)
    let type = QuestionType(question)
    let spans = spans(of: context)
    let vectors = try vectors(of: spans)
    let questionStems = Set(LightStemmer.stems(of: QueryTerms.words(of: question)))
    return zip(spans, vectors).map { span, spanVector in
      let features = features(
        of: span,
        vector: spanVector,
        question: vector,
        terms: terms,
        type: type,
        questionStems: questionStems
      )
      return QuoteCandidate(
        passage: span.part.passage,
        range: span.range,
        text: span.text,
        features: features,
        score: weights.score(features)
      )
    }.sorted { first, second in
      (first.score, second.passage.id, second.range.lowerBound)
        > (second.score, first.passage.id, first.range.lowerBound)
    }
  }

  /// A stretch of a passage that may be quoted.
  private struct Span {
    let part: ContextPart
    /// Position of the part among the hits, from 0; neighbours come after all hits.
    let rank: Int
    let range: Range<Int>
    let text: String
    /// Stems of the passage, its headings and its title.
    let surroundings: Set<String>
  }

  private func spans(of context: [ContextPart]) -> [Span] {
    var spans: [Span] = []
    var sentences = 0
    for (rank, part) in context.enumerated() where part.role != .summary {
      let passage = part.passage.passage
      let title = ([part.passage.document.title] + passage.headings).joined(separator: " ")
      let surroundings = Set(
        LightStemmer.stems(of: QueryTerms.words(of: title + " " + passage.text))
      )
      guard passage.fields.isEmpty else {
        let range = 0..<passage.text.unicodeScalars.count
        spans.append(
          Span(part: part, rank: rank, range: range, text: passage.text, surroundings: surroundings)
        )
        continue
      }
      for range in SentenceSplitter.ranges(in: passage.text) {
        guard sentences < Self.sentenceLimit else { break }
        sentences += 1
        spans.append(
          Span(
            part: part,
            rank: rank,
            range: range,
            text: slice(passage.text, range),
            surroundings: surroundings
          )
        )
      }
    }
    return spans
  }

  /// A row has the vector it is stored with; sentences are embedded under their title and headings.
  private func vectors(of spans: [Span]) throws -> [[Float]] {
    let rows = spans.filter { !$0.part.passage.passage.fields.isEmpty }.map(\.part.passage.id)
    let stored = try store.vectors(rows)
    let sentences = spans.filter { $0.part.passage.passage.fields.isEmpty }
    var embedded = try embedder.embed(
      sentences.map { span in
        EmbeddingInput(
          prefix: span.part.passage.passage.embeddingPrefix(
            title: span.part.passage.document.title
          ),
          text: span.text
        )
      }
    ).makeIterator()
    return spans.map { span in
      span.part.passage.passage.fields.isEmpty
        ? embedded.next()?.vector ?? [] : stored[span.part.passage.id] ?? []
    }
  }

  private func features(
    of span: Span,
    vector: [Float],
    question: [Float],
    terms: QuestionTerms,
    type: QuestionType,
    questionStems: Set<String>
  ) -> QuoteFeatures {
    let words = QueryTerms.allWords(of: span.text)
    let shape = AnswerShape(span.text, lowercaseWords: words, questionStems: questionStems)
    let match = shape.matches(type)
    let isRow = !span.part.passage.passage.fields.isEmpty
    return QuoteFeatures(
      similarity: Double(cosine(question, vector)),
      coverage: terms.coverage(by: Set(LightStemmer.stems(of: words))),
      contextCoverage: terms.coverage(by: span.surroundings),
      missingRareTerms: terms.missingRare(from: span.surroundings),
      passageSimilarity: span.part.scores.dense ?? 0,
      rank: 1 / Double(1 + span.rank),
      typeMatch: match == true ? 1 : 0,
      typeMismatch: match == false ? 1 : 0,
      isRow: isRow ? 1 : 0,
      isFragment: !isRow && span.range.count < Self.fragmentLength ? 1 : 0
    )
  }
}
