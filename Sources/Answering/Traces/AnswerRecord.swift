/// An answer as the store keeps it.
///
/// The store keeps which passages led to an answer. When one of them is removed or replaced, the
/// answer's text is deleted and `trace` keeps identifiers and figures only, so that removed text does
/// not live on in old answers.
public struct AnswerRecord: Hashable, Sendable {
  public var id: String
  /// Seconds since 1970.
  public var createdAt: Double
  public var question: String
  /// The answer as shown; absent once a passage behind it is gone.
  public var answer: String?
  /// Citations as JSON, quotes included; absent once a passage behind it is gone.
  public var citations: String?
  /// Everything else that led to the answer, as JSON. Holds no text of any document.
  public var trace: String
  /// Every passage that was retrieved for it.
  public var passages: [Int64]

  public init(
    id: String,
    createdAt: Double,
    question: String,
    answer: String?,
    citations: String?,
    trace: String,
    passages: [Int64]
  ) {
    self.id = id
    self.createdAt = createdAt
    self.question = question
    self.answer = answer
    self.citations = citations
    self.trace = trace
    self.passages = passages
  }
}
