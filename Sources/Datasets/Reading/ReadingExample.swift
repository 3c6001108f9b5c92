/// A question on a passage, for training a model that reads: the answer stands in the passage, or it
/// does not and the model has to say so.
public struct ReadingExample: Codable, Sendable, Hashable {
  public var question: String
  /// Nil for a question that is to be answered without a passage.
  public var passage: String?
  /// Nil where the passage does not answer the question.
  public var answer: String?
  /// Where the answer stands in the passage, in Unicode scalars; nil where it is not copied.
  public var start: Int?
  /// Which data set or which way of making questions it comes from, such as `qed` or `clause`.
  public var kind: String
  /// The document that the passage is from. Examples of one document belong to one split.
  public var source: String

  public init(
    question: String,
    passage: String? = nil,
    answer: String? = nil,
    start: Int? = nil,
    kind: String,
    source: String
  ) {
    self.question = question
    self.passage = passage
    self.answer = answer
    self.start = start
    self.kind = kind
    self.source = source
  }

  /// Whether the answer stands where the example says; true where it names no place.
  public var isAligned: Bool {
    guard let start else { return true }
    guard let passage, let answer, start >= 0 else { return false }
    return passage.unicodeScalars.dropFirst(start).starts(with: answer.unicodeScalars)
  }
}
