/// A model that turns text into vectors. Declared here; joined with a model in `Attune`.
public protocol TextEmbedder: Sendable {
  /// Names the model and its weights. Vectors of different identities are never compared.
  var identity: String { get }
  /// The languages it was made for, as BCP 47 names; nil where that is not known.
  var languages: Set<String>? { get }
  /// Components of each vector.
  var dimension: Int { get }
  /// The most tokens one input may have, markers included; what goes beyond is cut.
  var maximumTokens: Int { get }
  /// Tokens of a text, without the markers that the model adds.
  func countTokens(_ text: String) -> Int
  /// One unit-length vector per input, in the order of the inputs.
  func embed(_ inputs: [EmbeddingInput]) throws -> [EmbeddedText]
}

extension TextEmbedder {
  public var languages: Set<String>? { nil }
}
