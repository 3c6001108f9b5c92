/// A passage that was found, with its score at each stage.
public struct SearchHit: Hashable, Sendable {
  /// The parts of a hit's score; absent where the stage did not see the passage.
  public struct Scores: Codable, Hashable, Sendable {
    /// Cosine between question and passage, −1 to 1.
    public var dense: Double?
    /// BM25; comparable within one query only.
    public var lexical: Double?
    /// Cosine between question and the summary of the passage's document.
    public var summary: Double?
    /// The probability that the passage answers the question, by the reranker.
    public var reranker: Double?

    public init(
      dense: Double? = nil,
      lexical: Double? = nil,
      summary: Double? = nil,
      reranker: Double? = nil
    ) {
      self.dense = dense
      self.lexical = lexical
      self.summary = summary
      self.reranker = reranker
    }
  }

  public var passage: StoredPassage
  /// What hits are ordered by, higher first.
  public var score: Double
  public var scores: Scores
  /// The score without the reranker's part, which is comparable whether one reads or not.
  public var retrievalScore: Double

  public init(
    passage: StoredPassage,
    score: Double,
    scores: Scores,
    retrievalScore: Double? = nil
  ) {
    self.passage = passage
    self.score = score
    self.scores = scores
    self.retrievalScore = retrievalScore ?? score
  }
}
