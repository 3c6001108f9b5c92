public import FineTuning

/// What a tuning is doing.
public enum TuningPhase: Sendable {
  /// Measuring on held-out examples, so many of so many done.
  case measuring(done: Int, of: Int)
  /// A step was taken.
  case trained(TrainingProgress)
}
