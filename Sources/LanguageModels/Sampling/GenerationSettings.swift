/// How a text is generated.
public struct GenerationSettings: Sendable {
  /// The most tokens to generate.
  public var maximumTokens: Int
  /// How each token is chosen.
  public var sampling: SamplingSettings
  /// Texts at which the generation ends; they are no part of the result.
  public var stopStrings: [String]
  /// Tokens at which the generation ends, beside the model's own.
  public var stopTokens: [Int32]
  /// Whether the model's end tokens do not end the generation.
  public var ignoresEndTokens: Bool
  /// What the text must look like; anything if `nil`.
  public var constraint: (any TokenConstraint)?

  /// Settings from their parts.
  public init(
    maximumTokens: Int = 512,
    sampling: SamplingSettings = .greedy,
    stopStrings: [String] = [],
    stopTokens: [Int32] = [],
    ignoresEndTokens: Bool = false,
    constraint: (any TokenConstraint)? = nil
  ) {
    self.maximumTokens = maximumTokens
    self.sampling = sampling
    self.stopStrings = stopStrings
    self.stopTokens = stopTokens
    self.ignoresEndTokens = ignoresEndTokens
    self.constraint = constraint
  }
}
