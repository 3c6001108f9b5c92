public import Knowledge

/// Everything that led to an answer, without the text of any document: passages are named by their
/// identifiers and looked up when the trace is shown.
public struct AnswerTrace: Codable, Hashable, Sendable {
  /// A passage that the search found.
  public struct Retrieved: Codable, Hashable, Sendable {
    public var passage: Int64
    public var score: Double
    public var scores: SearchHit.Scores
  }

  /// A text of the context.
  public struct ContextEntry: Codable, Hashable, Sendable {
    public var passage: Int64
    public var role: ContextPart.Role
    public var tokens: Int
  }

  /// A quote that was weighed.
  public struct Quote: Codable, Hashable, Sendable {
    public var passage: Int64
    /// Unicode-scalar offsets into the passage's text.
    public var characters: Range<Int>
    /// The logit of the learned weighing.
    public var score: Double
    /// What spoke for it, by name.
    public var features: [String: Double]
    public var chosen: Bool
  }

  public var outcome: Answer.Outcome
  public var generator: String
  public var embedder: String
  public var search: SearchSettings
  /// What reranked the best hits; nil where nothing did.
  public var reranker: String?
  public var filter: SearchFilter
  public var confidence: Double
  public var minimumConfidence: Double
  /// What was to be computed. The table is not named: its name is text of the data.
  public var calculation: CalculationRequest.Operation?
  public var retrieved: [Retrieved]
  public var context: [ContextEntry]
  public var quotes: [Quote]
  public var refused: [CitationChecker.Fault]
  public var timings: AnswerTimings
  /// How a generator wrote it; absent where the answer is quotes or nothing was written.
  public var generation: GenerationRecord?
  /// What a reader made of the best passages; absent where none read.
  public var reading: ReadingRecord?
}
