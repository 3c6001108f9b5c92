/// What a person can decide about a training.
public struct TrainingSettings: Sendable, Equatable, Codable {
  /// The highest learning rate.
  public var learningRate = 2e-4
  /// How the learning rate changes.
  public var schedule = LearningRateSchedule.cosine
  /// Over what share of the steps the learning rate grows from zero, unless ``warmUpSteps`` says it.
  public var warmUpShare = 0.03
  /// Over how many steps the learning rate grows from zero.
  public var warmUpSteps: Int?
  /// How long the training lasts.
  public var length = TrainingLength.epochs(3)
  /// How much one step of the optimizer learns from.
  public var stepSize = StepSize.examples(16)
  /// How many tokens go through the model at once: examples are packed up to this.
  public var tokensPerPass = 1024
  /// The most tokens of one example.
  public var maximumTokens = 1024
  /// What is done with longer examples.
  public var overlongExamples = OverlongExamples.refuse
  /// The longest gradient that a step takes as it is; longer ones are shortened to it. Nil for no limit.
  public var gradientLimit: Double? = 1
  /// The constants of the optimizer.
  public var optimizer = AdamWSettings()
  /// Decides the order of the examples and the start of the adapter.
  public var seed: UInt64 = 0
  /// After how many steps the validation loss is taken; nil for once an epoch.
  public var evaluationInterval: Int?
  /// After how many evaluations without a better loss the training stops; nil for never.
  public var patience: Int?
  /// After how many steps a checkpoint is written; nil for once an epoch.
  public var checkpointInterval: Int?
  /// The adapter that is trained; nil where all weights are.
  public var adapter: LoRASettings? = LoRASettings()

  /// The usual settings.
  public init() {}

  /// The warm-up in steps, of so many steps in all.
  public func warmUp(of steps: Int) -> Int {
    warmUpSteps ?? Int((Double(steps) * warmUpShare).rounded(.up))
  }
}
