import Kernels
import LanguageModels

/// A layer normalisation in training.
struct TrainableNorm {
  let gamma: TrainableVector
  let beta: TrainableVector

  var parameters: [Parameter] { [gamma.parameter, beta.parameter].compactMap { $0 } }

  func apply(to input: Variable, epsilon: Float, _ tape: Tape) throws -> Variable {
    try tape.layerNorm(input, gamma: gamma, beta: beta, epsilon: epsilon)
  }
}
