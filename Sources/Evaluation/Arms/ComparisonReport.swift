/// What a comparison found: the content of `report.json`.
public struct ComparisonReport: Codable, Hashable, Sendable {
  public static let currentVersion = 1

  public var version = currentVersion
  public var name: String
  /// When the comparison ended, in ISO 8601.
  public var created: String
  public var data: ComparisonData
  public var arms: [ArmReport]
  /// Every pair of arms that answered, on ``Measure/right``.
  public var pairs: [PairReport]
  /// Pairs on single kinds of question, where there are enough of them.
  public var kinds: [KindReport]
  public var freshness: FreshnessReport?
  public var learning: LearningReport?
  /// Each question with what all arms said.
  public var questions: [QuestionReport]
  /// What a reader should know, in sentences: faults, what cannot be concluded.
  public var remarks: [String]

  public init(
    name: String,
    created: String,
    data: ComparisonData,
    arms: [ArmReport],
    pairs: [PairReport],
    kinds: [KindReport],
    freshness: FreshnessReport? = nil,
    learning: LearningReport? = nil,
    questions: [QuestionReport],
    remarks: [String] = []
  ) {
    self.name = name
    self.created = created
    self.data = data
    self.arms = arms
    self.pairs = pairs
    self.kinds = kinds
    self.freshness = freshness
    self.learning = learning
    self.questions = questions
    self.remarks = remarks
  }
}
