/// What a comparison was measured on.
public struct ComparisonData: Codable, Hashable, Sendable {
  /// A question that was left out, and why.
  public struct Exclusion: Codable, Hashable, Sendable {
    public enum Reason: String, Codable, Sendable {
      /// Its wording, or nearly its wording, is trained on.
      case trained
      /// Another question has the same wording.
      case duplicate
      /// It has no accepted answer, and is not said to have none.
      case noAnswer = "no-answer"
    }

    public var question: String
    public var wording: String
    public var reason: Reason
    /// The wording that it repeats, where it repeats one.
    public var like: String?

    public init(question: String, wording: String, reason: Reason, like: String? = nil) {
      self.question = question
      self.wording = wording
      self.reason = reason
      self.like = like
    }
  }

  /// File or dataset that the questions come from.
  public var source: String
  public var questions: Int
  public var answerable: Int
  public var unanswerable: Int
  /// Documents that the questions are about.
  public var clusters: Int
  /// Questions whose fact is trained on in other words, and whose fact is not; nil where nothing says.
  public var known: Int?
  public var new: Int?
  public var excluded: [Exclusion]
  /// What the tuned arms were trained on, and how many examples that were.
  public var trainingSource: String?
  public var trainingExamples: Int
  /// How often a document changes, in changes a day over all documents, by the history of syncs.
  public var changesPerDay: Double?

  public init(
    source: String,
    questions: Int,
    answerable: Int,
    unanswerable: Int,
    clusters: Int,
    known: Int? = nil,
    new: Int? = nil,
    excluded: [Exclusion] = [],
    trainingSource: String? = nil,
    trainingExamples: Int = 0,
    changesPerDay: Double? = nil
  ) {
    self.source = source
    self.questions = questions
    self.answerable = answerable
    self.unanswerable = unanswerable
    self.clusters = clusters
    self.known = known
    self.new = new
    self.excluded = excluded
    self.trainingSource = trainingSource
    self.trainingExamples = trainingExamples
    self.changesPerDay = changesPerDay
  }
}
