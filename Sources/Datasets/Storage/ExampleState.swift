/// What a person decided about an example.
public enum ExampleState: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nobody has decided yet; it is not trained on.
  case candidate
  /// It is trained on.
  case kept
  /// It is not trained on, and remembered so that it does not come up again.
  case dropped
}
