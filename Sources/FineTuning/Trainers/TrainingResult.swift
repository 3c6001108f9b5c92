/// How a training ended.
public struct TrainingResult: Sendable, Equatable {
  /// Why it ended.
  public enum Outcome: String, Sendable, Codable {
    /// All steps were taken.
    case finished
    /// The validation loss did not fall any more.
    case stoppedEarly
    /// Someone asked; a checkpoint is written and the parameters are those of the latest step.
    case interrupted
  }

  /// Why it ended.
  public var outcome: Outcome
  /// Steps taken.
  public var step: Int
  /// Steps that were to be taken.
  public var steps: Int
  /// The loss before the first step.
  public var before: TrainingCurve.Evaluation?
  /// The best loss; the model has these parameters unless the training was interrupted.
  public var best: TrainingCurve.Evaluation?
  /// How it went.
  public var curve: TrainingCurve
  /// How long it took in all, over all runs.
  public var duration: Duration
  /// Tokens learnt from in all, over all runs and epochs.
  public var tokens: Int
}
