import Documents
import Knowledge

/// Reads the passages found for a question and weighs what to quote of each: its best sentence with
/// the sentences around it, or the whole of a row.
struct ExtractiveReader: Sendable {
  private let embedder: any TextEmbedder
  private let weights: QuoteWeights

  /// Passages that are read at most, and sentences that are embedded at most: both bound the time.
  private static let passageLimit = 16
  private static let sentenceLimit = 64
  /// Sentences quoted before and after the best one.
  private static let around = 2
  /// In Unicode scalars; shorter sentences are mostly headings and labels.
  private static let fragmentLength = 20
  private static let fullLength = 600.0

  init(embedder: any TextEmbedder, weights: QuoteWeights) {
    self.embedder = embedder
    self.weights = weights
  }

  /// One candidate for each passage read, best first.
  func candidates(for asked: AskedQuestion, hits: [SearchHit]) throws -> [QuoteCandidate] {
    let read = try read(Array(hits.prefix(Self.passageLimit)), for: asked)
    let best = (
      score: read.first?.hit.score ?? 0,
      lexical: read.compactMap(\.hit.scores.lexical).max() ?? 0
    )
    return read.enumerated().compactMap { rank, passage in
      candidate(from: passage, rank: rank, best: best, for: asked)
    }.sorted { ($0.score, $1.passage.id) > ($1.score, $0.passage.id) }
  }

  /// One forward pass over the passages gives their words' vectors, one over the sentences theirs.
  private func read(_ hits: [SearchHit], for asked: AskedQuestion) throws -> [ReadPassage] {
    var passages = hits.map(ReadPassage.init)
    let inputs = passages.map { passage in
      EmbeddingInput(
        prefix: passage.passage.passage.embeddingPrefix(title: passage.passage.document.title),
        text: passage.passage.passage.text,
        spans: passage.words
      )
    }
    for (index, embedded) in try embedder.embed(inputs).enumerated() {
      passages[index].alignment = WordAlignment(of: asked.words, with: embedded.spanVectors)
      if passages[index].isRow {
        passages[index].similarities = [Double(cosine(asked.vector, embedded.vector))]
      }
    }
    try compareSentences(of: &passages, with: asked)
    return passages
  }

  private func compareSentences(
    of passages: inout [ReadPassage],
    with asked: AskedQuestion
  ) throws {
    var places: [Int] = []
    var inputs: [EmbeddingInput] = []
    for (index, passage) in passages.enumerated() where !passage.isRow {
      for sentence in passage.sentences {
        guard inputs.count < Self.sentenceLimit else { break }
        inputs.append(EmbeddingInput(text: slice(passage.passage.passage.text, sentence)))
        places.append(index)
      }
    }
    for (index, embedded) in zip(places, try embedder.embed(inputs)) {
      passages[index].similarities.append(Double(cosine(asked.vector, embedded.vector)))
    }
  }

  private func candidate(
    from read: ReadPassage,
    rank: Int,
    best: (score: Double, lexical: Double),
    for asked: AskedQuestion
  ) -> QuoteCandidate? {
    let text = read.passage.passage.text
    let sentences = read.sentences.indices.map { index in
      SentenceEvidence(
        slice(text, read.sentences[index]),
        similarity: index < read.similarities.count ? read.similarities[index] : 0,
        isFragment: !read.isRow && read.sentences[index].count < Self.fragmentLength,
        asked: asked
      )
    }
    let center = sentences.indices.max { first, second in
      (sentences[first].worth, second) < (sentences[second].worth, first)
    }
    guard let center else { return nil }
    let first = read.sentences[max(0, center - Self.around)]
    let last = read.sentences[min(read.sentences.count - 1, center + Self.around)]
    let range = first.lowerBound..<last.upperBound
    let surroundings = read.surroundings
    let features = QuoteFeatures(
      similarity: sentences[center].similarity,
      coverage: sentences[center].coverage,
      bestCoverage: sentences.map(\.coverage).max() ?? 0,
      contextCoverage: asked.terms.coverage(by: surroundings),
      missingRareTerms: asked.terms.missingRare(from: surroundings),
      passageSimilarity: read.hit.scores.dense ?? 0,
      lexical: best.lexical > 0 ? (read.hit.scores.lexical ?? 0) / best.lexical : 0,
      relativeScore: best.score > 0 ? read.hit.score / best.score : 0,
      rank: 1 / Double(1 + rank),
      typeMatch: sentences[center].typeMatch == true ? 1 : 0,
      typeMismatch: sentences[center].typeMatch == false ? 1 : 0,
      isRow: read.isRow ? 1 : 0,
      isFragment: sentences[center].isFragment ? 1 : 0,
      length: min(Double(range.count) / Self.fullLength, 1),
      alignment: read.alignment ?? WordAlignment(of: [], with: [])
    )
    return QuoteCandidate(
      passage: read.passage,
      range: range,
      text: slice(text, range),
      features: features,
      score: weights.score(features.values)
    )
  }
}
