/// A training example that shaped what a tuned generator answered.
public struct TrainingInfluence: Sendable, Equatable, Encodable {
  /// The example's identifier.
  public var id: String
  /// How alike its gradient and that of the answer are: 1 at most, about 0 for unrelated ones.
  public var score: Double
  /// The dataset that has the example now; nil where none has.
  public var dataset: String?
  /// What is asked in it; nil where the example is gone.
  public var question: String?
  /// What is answered in it; nil where the example is gone.
  public var answer: String?
  /// The place that it was made from, where it was made from one.
  public var place: String?
}
