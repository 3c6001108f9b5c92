/// What an arm said to one question, as a run keeps it: one JSON object a line.
public struct ArmAnswer: Codable, Hashable, Sendable {
  /// How a question ended.
  public enum Outcome: String, Codable, Sendable {
    case answered
    /// The arm says that it does not know, or that the data does not say.
    case abstained
    /// The arm says that the answer takes a calculation over a table.
    case calculation
    /// The arm could not answer; ``ArmAnswer/fault`` says why. It counts as wrong.
    case failed
  }

  /// A place that an answer cites or was written from.
  public struct Place: Codable, Hashable, Sendable {
    /// The citation's address, `attune://…`.
    public var url: String
    /// Path of the document in its source.
    public var document: String
    /// The table and the primary key, where the document is a database.
    public var table: String?
    public var key: String?
    /// The words that stand there.
    public var quote: String

    public init(
      url: String,
      document: String,
      table: String? = nil,
      key: String? = nil,
      quote: String
    ) {
      self.url = url
      self.document = document
      self.table = table
      self.key = key
      self.quote = quote
    }
  }

  /// The question's identifier.
  public var question: String
  public var outcome: Outcome
  /// The answer in as few words as the arm gives it: what is compared with accepted answers. Empty
  /// where there is none.
  public var answer: String
  /// Everything that a person would be shown.
  public var shown: String
  /// The probability, by the arm's own account, that the answer is right.
  public var confidence: Double?
  /// Places that the answer cites, each checked.
  public var citations: [Place] = []
  /// Training examples whose answer the answer repeats, for an arm that was trained on them.
  public var trainedOn: [String] = []
  /// The share of the answer that its cited sources hold, from 0 to 1; nil where nothing is cited.
  public var supported: Double?
  /// Mean negative log-likelihood per token of the first accepted answer, in nats, where the model
  /// gives it.
  public var surprise: Double?
  public var milliseconds: Double = 0
  public var promptTokens = 0
  public var completionTokens = 0
  /// Bytes that the process held when the answer was given; 0 where the system does not say.
  public var memory = 0
  /// Why the arm could not answer.
  public var fault: String?

  public init(question: String, outcome: Outcome, answer: String, shown: String) {
    self.question = question
    self.outcome = outcome
    self.answer = answer
    self.shown = shown
  }
}
