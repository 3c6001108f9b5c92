/// What was made from the documents.
public struct SynthesisReport: Sendable, Hashable, Encodable {
  /// The dataset's name.
  public var dataset: String
  /// How many passages were looked at.
  public var passages: Int
  /// How many examples are new.
  public var added: Int
  /// How many questions of a generator were refused, as they did not stand the checks.
  public var refused: Int
}
