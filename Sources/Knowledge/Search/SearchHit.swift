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

    public init(dense: Double? = nil, lexical: Double? = nil, summary: Double? = nil) {
      self.dense = dense
      self.lexical = lexical
      self.summary = summary
    }
  }

  public var passage: StoredPassage
  /// What hits are ordered by, higher first.
  public var score: Double
  public var scores: Scores

  public init(passage: StoredPassage, score: Double, scores: Scores) {
    self.passage = passage
    self.score = score
    self.scores = scores
  }
}
