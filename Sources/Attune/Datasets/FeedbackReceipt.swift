public import Datasets

/// What became of a person's judgement of an answer.
public struct FeedbackReceipt: Sendable, Hashable {
  /// The whole identifier of the answer.
  public var answer: String
  /// The question that was asked.
  public var question: String
  /// The identifier of the example that the judgement is about; nil where the answer gave none.
  public var example: String?
  /// What is decided about that example.
  public var state: ExampleState?
}
