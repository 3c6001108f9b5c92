import Documents
import Knowledge

/// Reads the passages found for a question and weighs what to quote of each: its best sentence with
/// those around it, or the whole of a row.
struct ExtractiveReader: Sendable {
  private let embedder: any TextEmbedder
  private let weights: QuoteWeights

  /// Passages that are read at most, which bounds the time.
  private static let passageLimit = 20
  /// In Unicode scalars.
  private static let quoteLimit = 500
  /// In Unicode scalars; shorter sentences are mostly headings and labels.
  private static let fragmentLength = 20
  private static let fullLength = 600.0
  /// The best passages, in which words of the question are looked for that a quote does not meet.
  private static let comparedPassages = 8
  /// Stands for the focus of a question that has none.
  private static let noFocus = 0.5

  init(embedder: any TextEmbedder, weights: QuoteWeights) {
    self.embedder = embedder
    self.weights = weights
  }

  /// What all passages of one question are compared with.
  private struct Yardstick {
    let score: Double
    let lexical: Double
    let alignment: WordAlignment
  }

  /// One candidate for each passage read, best first.
  func candidates(for asked: AskedQuestion, hits: [SearchHit]) throws -> [QuoteCandidate] {
    let read = try read(Array(hits.prefix(Self.passageLimit)), for: asked)
    let yardstick = Yardstick(
      score: read.map(\.hit.retrievalScore).max() ?? 0,
      lexical: read.compactMap(\.hit.scores.lexical).max() ?? 0,
      alignment: read.prefix(Self.comparedPassages).map(\.wholeAlignment)
        .reduce(WordAlignment(of: asked.words)) { $0.joined(with: $1) }
    )
    return read.enumerated().compactMap { rank, passage in
      candidate(from: passage, rank: rank, yardstick: yardstick, for: asked)
    }.sorted { ($0.score, $1.passage.id) > ($1.score, $0.passage.id) }
  }

  /// One forward pass over the passages gives the vectors of their words.
  private func read(_ hits: [SearchHit], for asked: AskedQuestion) throws -> [ReadPassage] {
    var passages = hits.map { ReadPassage($0, asked: asked) }
    let embedded = try embedder.embed(passages.map(\.embeddingInput))
    for (index, text) in zip(passages.indices, embedded) {
      passages[index].compare(text, with: asked)
    }
    return passages
  }

  private func candidate(
    from read: ReadPassage,
    rank: Int,
    yardstick: Yardstick,
    for asked: AskedQuestion
  ) -> QuoteCandidate? {
    let text = read.passage.passage.text
    let sentences = read.sentences.indices.map { index in
      SentenceEvidence(
        slice(text, read.sentences[index]),
        similarity: read.similarities[index],
        alignment: read.alignments[index],
        isFragment: !read.isRow && read.sentences[index].count < Self.fragmentLength,
        asked: asked
      )
    }
    let center = sentences.indices.max { first, second in
      (sentences[first].worth, second) < (sentences[second].worth, first)
    }
    guard let center else { return nil }
    let window = QuoteWindow.around(center, of: read.sentences, limit: Self.quoteLimit)
    let range =
      read.sentences[window.lowerBound].lowerBound..<read.sentences[window.upperBound].upperBound
    let features = features(
      of: read,
      quote: (window, length: range.count),
      sentences: sentences,
      center: sentences[center],
      rank: rank,
      yardstick: yardstick,
      for: asked
    )
    return QuoteCandidate(
      passage: read.passage,
      range: range,
      text: slice(text, range),
      tokens: read.tokens,
      features: features,
      score: weights.score(features.values)
    )
  }

  private func features(
    of read: ReadPassage,
    quote: (sentences: ClosedRange<Int>, length: Int),
    sentences: [SentenceEvidence],
    center: SentenceEvidence,
    rank: Int,
    yardstick: Yardstick,
    for asked: AskedQuestion
  ) -> QuoteFeatures {
    let scores = read.hit.scores
    let surroundings = read.surroundings
    let contextCoverage = asked.terms.coverage(by: surroundings)
    let inQuote = read.alignment(of: quote.sentences)
    let aligned = inQuote.joined(with: read.contextAlignment)
    let whole = read.wholeAlignment
    let gaps = aligned.gaps(to: yardstick.alignment, question: asked.words)
    let matches = sentences[quote.sentences].map(\.typeMatch)
    return QuoteFeatures(
      similarity: center.similarity,
      coverage: center.coverage,
      contextCoverage: contextCoverage,
      missingRareTerms: asked.terms.missingRare(from: surroundings),
      passageSimilarity: scores.dense ?? 0,
      lexical: yardstick.lexical > 0 ? (scores.lexical ?? 0) / yardstick.lexical : 0,
      relativeScore: yardstick.score > 0 ? read.hit.retrievalScore / yardstick.score : 0,
      rank: 1 / Double(1 + rank),
      typeMatch: center.typeMatch == true ? 1 : 0,
      typeMismatch: center.typeMatch == false ? 1 : 0,
      typeMissing: matches.contains(false) && !matches.contains(true) ? 1 : 0,
      isRow: read.isRow ? 1 : 0,
      isFragment: center.isFragment ? 1 : 0,
      length: min(Double(quote.length) / Self.fullLength, 1),
      alignment: aligned.weighted(by: asked.words),
      meanAlignment: aligned.mean,
      weakestAlignment: aligned.weakest(of: asked.words),
      sentenceAlignment: center.alignment.weighted(by: asked.words),
      weakestInSentence: center.alignment.weakest(of: asked.words),
      focusInQuote: inQuote.focus(of: asked.words) ?? Self.noFocus,
      focusAlignment: aligned.focus(of: asked.words) ?? Self.noFocus,
      largestGap: gaps.largest,
      meanGap: gaps.weighted,
      passageAlignment: whole.mean,
      weakestInPassage: whole.weakest(of: asked.words),
      matchedInformation: contextCoverage * asked.terms.total
    )
  }
}
