/// The arms on one kind of question.
public struct KindReport: Codable, Hashable, Sendable {
  public var kind: String
  public var questions: Int
  /// ``Measure/right`` by arm.
  public var right: [String: MeasuredShare]
  /// All pairs, corrected by Holm within the kind; empty with fewer than 40 questions.
  public var pairs: [PairReport]

  public init(
    kind: String,
    questions: Int,
    right: [String: MeasuredShare],
    pairs: [PairReport]
  ) {
    self.kind = kind
    self.questions = questions
    self.right = right
    self.pairs = pairs
  }
}
