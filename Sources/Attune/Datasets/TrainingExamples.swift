public import Datasets

/// What of a dataset is trained on, and what is not and why.
public struct TrainingExamples: Sendable, Hashable {
  /// A kept example that is left out.
  public struct Omission: Sendable, Hashable, Encodable {
    /// Its identifier.
    public var id: String
    /// Why, as a clause.
    public var reason: String
  }

  /// The dataset's name.
  public var dataset: String
  /// The examples, oldest first, each with its split where it has one.
  public var examples: [Example]
  /// Their identifiers, in the same order.
  public var identifiers: [String]
  /// When each was stored, in seconds since 1970, in the same order.
  public var times: [Double]
  /// Kept examples that must not be trained on.
  public var omissions: [Omission]
  /// How many examples nobody has decided about; they are not among the omissions.
  public var candidateCount: Int
  /// The version of the examples.
  public var version: DatasetVersion
}
