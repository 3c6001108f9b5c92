/// What is done with examples that have more tokens than the training takes.
public enum OverlongExamples: String, Sendable, Codable, CaseIterable {
  /// The training does not begin.
  case refuse
  /// They lose their end.
  case cut
  /// They are left out.
  case leaveOut
}
