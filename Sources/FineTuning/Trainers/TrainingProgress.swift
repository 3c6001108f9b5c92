/// Where a training stands after a step.
public struct TrainingProgress: Sendable, Equatable {
  /// Steps taken.
  public var step: Int
  /// Steps of the whole training.
  public var steps: Int
  /// How many times through the examples, in parts.
  public var epoch: Double
  /// The mean loss of the step's targets, in nats.
  public var loss: Double
  /// The loss, averaged over the latest steps.
  public var smoothedLoss: Double
  /// The learning rate of the step.
  public var learningRate: Double
  /// The length of the mean gradient before clipping.
  public var gradientNorm: Double
  /// Tokens through the model, there and back, in a second; over the latest steps, without
  /// evaluations.
  public var tokensPerSecond: Double?
  /// How long it will go on at the speed of this run so far, evaluations and checkpoints included.
  public var timeLeft: Duration?
  /// The latest validation loss and its step.
  public var evaluation: TrainingCurve.Evaluation?
  /// The best validation loss and its step.
  public var best: TrainingCurve.Evaluation?
  /// The most memory that the process has taken, in bytes.
  public var peakMemory: Int?
}
