/// How a training went, step by step.
public struct TrainingCurve: Sendable, Equatable, Codable {
  /// One step of the optimizer.
  public struct Point: Sendable, Equatable, Codable {
    /// Which step, from 1.
    public var step: Int
    /// The mean loss of the step's targets, in nats, before the step.
    public var loss: Double
    /// The loss, averaged over the steps before with weights that fall by a tenth a step.
    public var smoothedLoss: Double
    /// The learning rate of the step.
    public var learningRate: Double
    /// The length of the mean gradient before clipping.
    public var gradientNorm: Double
    /// The targets of the step.
    public var targets: Int
  }

  /// One look at the validation data.
  public struct Evaluation: Sendable, Equatable, Codable {
    /// After which step; 0 is before the training.
    public var step: Int
    /// The mean loss of the validation data's targets, in nats.
    public var loss: Double
  }

  /// The steps, in order.
  public var points: [Point] = []
  /// The evaluations, in order.
  public var evaluations: [Evaluation] = []

  /// Before the first step.
  public init() {}
}
