import Foundation
import Kernels
import LanguageModels

/// The parameters at one moment of a training, with what the optimizer makes of a gradient then.
struct InfluenceSnapshot {
  /// After which step.
  let step: Int
  /// The learning rate of that step.
  let learningRate: Double
  /// The values of each parameter, row after row.
  let values: [[Float]]
  /// For each value the root of what AdamW multiplies its gradient by, 1/√(√v + ε): with it on both
  /// sides, a product of gradients is the change that a step of AdamW brings.
  let factors: [Float]

  init(step: Int, learningRate: Double, values: [[Float]], factors: [Float]) {
    self.step = step
    self.learningRate = learningRate
    self.values = values
    self.factors = factors
  }

  /// The moment at which an optimizer stands.
  init(_ optimizer: AdamW, learningRate: Double) {
    step = optimizer.step
    self.learningRate = learningRate
    values = optimizer.parameters.map(\.value.values)
    let settings = optimizer.settings
    let correction = 1 - pow(settings.beta2, Double(max(1, optimizer.step)))
    factors = optimizer.second.flatMap { second in
      second.values.map { value in
        Float(1 / ((Double(value) / correction).squareRoot() + settings.epsilon).squareRoot())
      }
    }
  }
}
