/// What a reader read for an answer, for its trace. Holds no text of an answer or a document.
public struct ReadingRecord: Codable, Hashable, Sendable {
  /// One possible answer of a passage.
  public struct Reply: Codable, Hashable, Sendable {
    /// The parts copied, in Unicode scalars of the passage's text.
    public var characters: [Range<Int>]
    /// Whether it is one copied part and nothing else.
    public var isVerbatim: Bool
    public var probability: Double
  }

  /// What was made of one passage.
  public struct Passage: Codable, Hashable, Sendable {
    public var passage: Int64
    /// The probability that it does not answer.
    public var none: Double
    public var replies: [Reply]
  }

  public var reader: String
  /// In the order in which they were read.
  public var passages: [Passage]
  /// The passage of the answer chosen; absent where no passage has one.
  public var chosen: Int64?
  /// The calibrated probability that it is right.
  public var confidence: Double
  /// From this confidence on it is shown.
  public var least: Double
  /// Whether it was shown.
  public var isShown: Bool
  /// What spoke for it, by name.
  public var features: [String: Double]
}
