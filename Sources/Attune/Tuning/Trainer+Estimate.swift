import FineTuning

extension Trainer where Model: SizedModel {
  /// What the training will take, from one trial step.
  ///
  /// - Parameters:
  ///   - tokensPerPass: the most tokens that go through the model at once.
  ///   - bytesPerFrozenWeight: what a weight takes that is not trained.
  ///   - bytesPerTrainedWeight: what one takes that is.
  ///   - recomputes: whether layers are computed again on the way back.
  ///   - watts: what the machine draws while it computes, for the energy.
  /// - Returns: time, memory and energy.
  /// - Throws: what the plan and the trial step throw.
  func estimate(
    tokensPerPass: Int,
    bytesPerFrozenWeight: Double = 4,
    bytesPerTrainedWeight: Double = 20,
    recomputes: Bool = false,
    watts: Double?
  ) throws -> TrainingEstimate {
    var tokens = 0
    for step in 0..<plan.stepsPerEpoch {
      tokens += try plan.batches(ofStep: step).reduce(0) { $0 + plan.tokens(of: $1) }
    }
    var basis = TrainingEstimate.Basis(
      frozenParameters: model.counts.frozen,
      trainedParameters: model.counts.trained,
      tokensPerEpoch: tokens,
      epochs: Double(steps) / Double(plan.stepsPerEpoch),
      tokensPerPass: tokensPerPass,
      activationBytesPerToken: model.activationBytesPerToken
    )
    basis.bytesPerFrozenWeight = bytesPerFrozenWeight
    basis.bytesPerTrainedWeight = bytesPerTrainedWeight
    basis.validationTokens = plan.validation.reduce(0) { $0 + plan.tokens(of: $1) }
    basis.evaluations = 1 + steps / max(1, settings.evaluationInterval ?? plan.stepsPerEpoch)
    basis.recomputes = recomputes
    return TrainingEstimate(basis, tokensPerSecond: try measureSpeed() ?? 0, watts: watts)
  }
}
