import CKernels
import Foundation

/// The numbers of one step of AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101).
public struct AdamWStep: Sendable, Equatable {
  /// The learning rate of this step.
  public var learningRate: Double
  /// How much of the mean of gradients a step keeps.
  public var beta1: Double
  /// How much of the mean of squared gradients a step keeps.
  public var beta2: Double
  /// Added to the root of the mean of squares.
  public var epsilon: Double
  /// What part of the value goes in a step, times the learning rate.
  public var weightDecay: Double
  /// Which step this is, from 1.
  public var step: Int
  /// Multiplies the gradient first: for clipping and for the mean over targets.
  public var gradientScale: Double

  /// A step with PyTorch's defaults, but no weight decay.
  public init(
    learningRate: Double,
    beta1: Double = 0.9,
    beta2: Double = 0.999,
    epsilon: Double = 1e-8,
    weightDecay: Double = 0,
    step: Int,
    gradientScale: Double = 1
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.step = step
    self.gradientScale = gradientScale
  }

  var constants: ck_adamw {
    ck_adamw(
      gradient_scale: Float(gradientScale),
      rest1: Float(1 - beta1),
      beta2: Float(beta2),
      rest2: Float(1 - beta2),
      keep: Float(1 - learningRate * weightDecay),
      rate: Float(learningRate / (1 - pow(beta1, Double(step)))),
      root: Float(1 / (1 - pow(beta2, Double(step))).squareRoot()),
      epsilon: Float(epsilon)
    )
  }
}
