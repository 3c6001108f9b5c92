/// A question with what every arm said to it.
public struct QuestionReport: Codable, Hashable, Sendable, Identifiable {
  /// What one arm said.
  public struct Reply: Codable, Hashable, Sendable {
    public var arm: String
    /// Of its first seed.
    public var answer: ArmAnswer
    /// By ``Measure``'s raw value, each the mean over the seeds.
    public var scores: [String: Double]

    public init(arm: String, answer: ArmAnswer, scores: [String: Double]) {
      self.arm = arm
      self.answer = answer
      self.scores = scores
    }
  }

  public var id: String
  public var question: String
  public var accepted: [String]
  public var kind: String
  public var cluster: String
  /// Whether its fact is trained on in other words; nil where nothing says.
  public var isKnown: Bool?
  public var replies: [Reply]

  public init(
    id: String,
    question: String,
    accepted: [String],
    kind: String,
    cluster: String,
    isKnown: Bool?,
    replies: [Reply]
  ) {
    self.id = id
    self.question = question
    self.accepted = accepted
    self.kind = kind
    self.cluster = cluster
    self.isKnown = isKnown
    self.replies = replies
  }
}
