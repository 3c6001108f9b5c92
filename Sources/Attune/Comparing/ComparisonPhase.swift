public import FineTuning

/// What a comparison is doing.
public enum ComparisonPhase: Sendable {
  /// An adapter is trained for an arm; the label tells trainings of an arm apart.
  case training(arm: String, label: String, TrainingProgress)
  /// So many of an arm's questions are answered.
  case asking(arm: String, label: String, done: Int, of: Int)
  /// Something else that takes time, in words.
  case preparing(String)
}
