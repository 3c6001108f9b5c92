/// The constants of AdamW that stay the same during a training.
public struct AdamWSettings: Sendable, Equatable, Codable {
  /// How much of the mean of gradients a step keeps.
  public var beta1 = 0.9
  /// How much of the mean of squared gradients a step keeps.
  public var beta2 = 0.999
  /// Added to the root of the mean of squares.
  public var epsilon = 1e-8
  /// What part of a decayed parameter goes in a step, times the learning rate.
  public var weightDecay = 0.0

  /// PyTorch's defaults, but no weight decay.
  public init() {}
}
