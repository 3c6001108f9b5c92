import Kernels

/// A linear layer in training: weights and bias, frozen or trained, and low-rank factors beside them.
final class TrainableLinear {
  let weights: TrainableWeights
  let bias: TrainableVector?
  /// Factors of disjoint ranges of the outputs.
  let factors: [LowRankFactors]

  init(_ weights: TrainableWeights, bias: TrainableVector?, factors: [LowRankFactors]) {
    self.weights = weights
    self.bias = bias
    self.factors = factors
  }

  var inputs: Int { weights.inputs }
  var outputs: Int { weights.outputs }

  /// What training changes.
  var parameters: [Parameter] {
    [weights.parameter, bias?.parameter].compactMap { $0 } + factors.flatMap(\.parameters)
  }

  /// Packs trained weights anew.
  func parametersChanged(kernels: KernelSet, pool: WorkerPool) throws {
    if case .trained(let parameter, let packed) = weights {
      try kernels.repack(parameter.value, into: packed, pool: pool)
    }
  }
}
