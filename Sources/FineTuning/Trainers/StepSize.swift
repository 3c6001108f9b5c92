/// How much one step of the optimizer learns from.
public enum StepSize: Sendable, Hashable, Codable {
  /// So many examples; the last step of an epoch takes what is left.
  case examples(Int)
  /// About so many tokens: an epoch is cut into steps of nearly the same number of tokens.
  case tokens(Int)
}
