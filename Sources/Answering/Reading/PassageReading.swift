/// What a reader makes of a question and one passage, or of a question alone.
public struct PassageReading: Hashable, Sendable {
  /// One possible answer.
  public struct Reply: Hashable, Sendable {
    public var text: String
    /// Which parts of the passage it was copied from, in Unicode scalars of the passage, in the order in
    /// which they stand in the answer; empty where all of it is the reader's own words.
    public var copied: [Range<Int>]
    /// Whether it is one copied part and nothing else.
    public var isVerbatim: Bool
    /// Natural logarithm of its probability, given question and passage.
    public var logProbability: Double

    public init(text: String, copied: [Range<Int>], isVerbatim: Bool, logProbability: Double) {
      self.text = text
      self.copied = copied
      self.isVerbatim = isVerbatim
      self.logProbability = logProbability
    }
  }

  /// The answers found, the likeliest first; empty where the passage holds none.
  public var replies: [Reply]
  /// Natural logarithm of the probability that the passage does not answer.
  public var logProbabilityOfNone: Double
  /// Tokens read and written.
  public var tokens: Int

  public init(replies: [Reply], logProbabilityOfNone: Double, tokens: Int) {
    self.replies = replies
    self.logProbabilityOfNone = logProbabilityOfNone
    self.tokens = tokens
  }
}
