/// A training example with its part in what a model says.
public struct InfluentialExample: Sendable, Equatable, Codable {
  /// The example's identifier.
  public var identifier: String
  /// Its place in the training data.
  public var place: Int
  /// How alike its gradient and that of the answer are, averaged over the snapshots: 1 where a step on
  /// the example is a step on the answer, about 0 for unrelated ones, below 0 where it hinders.
  public var score: Double

  /// An example with its score.
  public init(identifier: String, place: Int, score: Double) {
    self.identifier = identifier
    self.place = place
    self.score = score
  }
}
