/// One question of an evaluation set, with the answers accepted and the places that hold them.
public struct Question: Codable, Hashable, Sendable, Identifiable {
  /// What kind of answer a question wants. Files may use kinds that are not listed here.
  public struct Kind: RawRepresentable, Codable, Hashable, Sendable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(from decoder: any Decoder) throws {
      rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(rawValue)
    }

    public static let lookup = Kind(rawValue: "lookup")
    public static let number = Kind(rawValue: "number")
    public static let procedure = Kind(rawValue: "procedure")
    public static let term = Kind(rawValue: "term")
    public static let row = Kind(rawValue: "row")
    /// Wants several documents at once.
    public static let severalDocuments = Kind(rawValue: "several_documents")
    /// Wants a calculation over many rows of a table.
    public static let countSum = Kind(rawValue: "count_sum")
    /// Has no answer in the data.
    public static let unanswerable = Kind(rawValue: "unanswerable")
  }

  /// Where an answer stands.
  public struct Place: Codable, Hashable, Sendable {
    /// Path of the document.
    public var document: String
    /// Words of the document that hold the answer.
    public var quote: String?
    /// The table, where the document is a database.
    public var table: String?
    /// The primary key of the row, as text.
    public var key: String?

    public init(
      document: String,
      quote: String? = nil,
      table: String? = nil,
      key: String? = nil
    ) {
      self.document = document
      self.quote = quote
      self.table = table
      self.key = key
    }
  }

  public var id: String
  public var question: String
  /// Accepted answers; empty where the data hold none.
  public var answers: [String]
  public var kind: Kind
  /// Shared by the wordings that ask for the same fact.
  public var fact: String?
  /// Number of the wording among those of its fact, from 1.
  public var wording: Int
  public var topic: String?
  public var places: [Place]
  /// Such as `train`, `validation`, `test`.
  public var split: String?
  /// Such as `known` (the fact may be trained, this wording not) or `new` (the document may not).
  public var evaluationProtocol: String?
  /// The table a calculation runs over.
  public var table: String?

  public init(
    id: String,
    question: String,
    answers: [String],
    kind: Kind = .lookup,
    fact: String? = nil,
    wording: Int = 1,
    topic: String? = nil,
    places: [Place] = [],
    split: String? = nil,
    evaluationProtocol: String? = nil,
    table: String? = nil
  ) {
    self.id = id
    self.question = question
    self.answers = answers
    self.kind = kind
    self.fact = fact
    self.wording = wording
    self.topic = topic
    self.places = places
    self.split = split
    self.evaluationProtocol = evaluationProtocol
    self.table = table
  }

  /// Whether the data hold an answer.
  public var isAnswerable: Bool { kind != .unanswerable && !answers.isEmpty }

  /// What questions share that are not independent of each other: the first place's document (with
  /// its table, in a database), or without a place the topic, or else the question itself.
  public var cluster: String {
    if let place = places.first {
      return place.table.map { "\(place.document)#\($0)" } ?? place.document
    }
    return topic.map { "topic:\($0)" } ?? "question:\(id)"
  }

  private enum CodingKeys: String, CodingKey {
    case id, question, answers, kind, fact, wording, topic, places, split, table
    case evaluationProtocol = "protocol"
  }
}
