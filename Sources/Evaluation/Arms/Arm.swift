/// One way of answering under comparison.
public struct Arm: Codable, Hashable, Sendable, Identifiable {
  /// The four ways that are compared by default, and any other.
  public enum Kind: String, Codable, Sendable {
    /// The model alone.
    case base
    /// The model with passages of the documents.
    case retrieval
    /// The tuned model alone.
    case fineTuned = "fine-tuned"
    /// The model tuned to read passages, with passages of the documents.
    case both
    case other
  }

  /// Unique in a comparison, and safe in the name of a file.
  public var id: String
  /// As reports show it.
  public var title: String
  public var kind: Kind
  /// Whether it is given passages of the documents.
  public var retrieves: Bool
  /// Whether its weights were trained on the company's data.
  public var isTuned: Bool
  /// What writes its answers: a model, with its adapter where it has one.
  public var generator: String

  public init(
    id: String,
    title: String,
    kind: Kind,
    retrieves: Bool,
    isTuned: Bool,
    generator: String
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.retrieves = retrieves
    self.isTuned = isTuned
    self.generator = generator
  }
}
