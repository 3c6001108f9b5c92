/// The passages that any stage found for one question, with their scores.
struct Candidates {
  /// The document of each candidate.
  private(set) var documents: [Int64: Int64] = [:]
  var dense: [Int64: Double] = [:]
  private(set) var lexical: [Int64: Double] = [:]
  /// What a passage may at most have scored that the word search did not hand on: the score of its last
  /// hit where the search was cut off, 0 where it found all there was.
  private var lexicalFloor = 0.0
  /// Scores of summaries, by document.
  private var summaries: [Int64: Double] = [:]

  mutating func addDense(_ hits: [ScoredPassage]) {
    for hit in hits {
      documents[hit.id] = hit.document
      dense[hit.id] = hit.score
    }
  }

  /// Adds hits, best first, of a word search that was asked for `limit` of them.
  mutating func addLexical(_ hits: [ScoredPassage], limit: Int) {
    if hits.count >= limit, let last = hits.last { lexicalFloor = last.score }
    for hit in hits {
      documents[hit.id] = hit.document
      lexical[hit.id] = hit.score
    }
  }

  mutating func addSummaries(_ hits: [ScoredPassage]) {
    for hit in hits { summaries[hit.document] = hit.score }
  }

  func fused(by settings: SearchSettings) -> [Int64: (score: Double, scores: SearchHit.Scores)] {
    let bestLexical = lexical.values.max() ?? 0
    // A document whose summary was not among the best scores at most as much as the last that was.
    let otherSummaries = summaries.values.min() ?? 0
    let denseWeight = settings.mode == .hybrid ? settings.denseWeight : 1
    return documents.reduce(into: [:]) { result, entry in
      let scores = SearchHit.Scores(
        dense: dense[entry.key],
        lexical: lexical[entry.key],
        summary: summaries[entry.value]
      )
      var score = denseWeight * (scores.dense ?? 0)
      if bestLexical > 0 {
        score += (1 - denseWeight) * (scores.lexical ?? lexicalFloor) / bestLexical
      }
      score += settings.summaryWeight * (scores.summary ?? otherSummaries)
      result[entry.key] = (score, scores)
    }
  }
}
