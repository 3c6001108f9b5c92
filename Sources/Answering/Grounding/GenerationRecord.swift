/// How an answer was written, for its trace. Holds no text of an answer or a document.
public struct GenerationRecord: Codable, Hashable, Sendable {
  /// What became of a sentence.
  public struct Sentence: Codable, Hashable, Sendable {
    public var isSupported: Bool
    public var score: Double
    public var faults: [SupportFault.Kind]
    public var markers: [Int]
    public var unknownMarkers: [Int]
    /// How many links and pieces of markup were taken out.
    public var removed: Int
    public var isRealigned: Bool

    init(_ sentence: GroundedSentence) {
      isSupported = sentence.isSupported
      score = sentence.score
      faults = sentence.faults.map(\.kind)
      markers = sentence.citations.map(\.marker)
      unknownMarkers = sentence.unknownMarkers
      removed = sentence.removed.count
      isRealigned = sentence.isRealigned
    }
  }

  public var settings: WritingSettings
  public var finish: GenerationResult.FinishReason
  /// How the context was made to fit.
  public var fit: GroundedPrompt.Fit
  /// The sentences in the order they were written, those left out included.
  public var sentences: [Sentence]
  /// Sentences that repeated the prompt and were taken out.
  public var echoes: Int
  /// Whether the generator said that the data does not answer.
  public var hasAbstained: Bool
}
