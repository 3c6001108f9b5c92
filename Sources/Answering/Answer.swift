public import Knowledge

/// What Attune says to a question.
public struct Answer: Sendable {
  /// How a question ended.
  public enum Outcome: String, Codable, Sendable {
    case answered
    /// The data does not hold an answer, as far as Attune can tell.
    case abstained
    /// The question needs a computation over a table.
    case calculation
  }

  public var id: String
  public var question: String
  public var outcome: Outcome
  /// The answer as shown: quotes or sentences with markers, the short answer before them, or the sentence
  /// that says why there is none.
  public var text: String
  /// The answer in a few words; absent where the reader is not sure, or there is none.
  public var shortAnswer: ShortAnswer?
  /// The sentences that a generator wrote, each with its check; empty where the answer is quotes.
  public var sentences: [GroundedSentence] = []
  /// Checked citations, one per marker.
  public var citations: [Citation]
  /// Citations that failed the check, with the reason; never shown as part of the answer.
  public var refused: [CitationChecker.Fault]
  /// The calibrated probability that what is shown holds the answer.
  public var confidence: Double
  public var calculation: CalculationRequest?
  /// The nearest passages, for the reader to judge where there is no answer.
  public var nearest: [SearchHit]
  public var generator: String
  /// Tokens of the context that was read, and of the quotes.
  public var promptTokens: Int
  public var completionTokens: Int
  public var timings: AnswerTimings
  /// What of the context was left out so that it fits the generator; absent where all of it fits.
  public var contextNote: String?
  /// Why the reader could not be used; absent where it could, or there is none.
  public var readerFault: (any Error)?
  /// Why the trace could not be kept; absent where it was.
  public var traceFault: (any Error)?

  /// True where no answer is given.
  public var abstained: Bool { outcome != .answered }
}
