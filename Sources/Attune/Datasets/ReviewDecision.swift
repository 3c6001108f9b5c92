/// What a person decides about an example.
public enum ReviewDecision: Sendable, Hashable {
  /// It is trained on as it is.
  case keep
  /// It is trained on with another answer.
  case correct(String)
  /// It is not trained on.
  case drop
}
