import FineTuning
import Foundation
import LanguageModels

extension TunedGenerator {
  /// How many steps the training has, and how many numbers it changes.
  var size: (steps: Int, trained: Int) { (trainer.steps, trainer.model.counts.trained) }

  /// Which model it is.
  var fingerprint: BaseModelFingerprint? {
    get throws { try BaseModelFingerprint(modelAt: folder) }
  }

  /// What the training will take, from one trial step.
  func estimate(watts: Double?) throws -> TrainingEstimate {
    let plan = trainer.plan
    var basis = TrainingEstimate.Basis(
      frozenParameters: trainer.model.counts.frozen,
      trainedParameters: trainer.model.counts.trained,
      tokensPerEpoch: tokensPerEpoch,
      epochs: Double(trainer.steps) / Double(plan.stepsPerEpoch),
      tokensPerPass: request.settings.tokensPerPass,
      activationBytesPerToken: trainer.model.activationBytesPerToken
    )
    basis.bytesPerFrozenWeight = bytesPerFrozenWeight
    basis.validationTokens = plan.validation.reduce(0) { $0 + plan.tokens(of: $1) }
    basis.evaluations =
      1 + trainer.steps / max(1, request.settings.evaluationInterval ?? plan.stepsPerEpoch)
    basis.recomputes = request.recomputes
    return TrainingEstimate(basis, tokensPerSecond: try trainer.measureSpeed() ?? 0, watts: watts)
  }

  /// The losses of the held-out and of the general texts.
  func measure(_ progress: (TuningPhase) throws -> Void) throws -> MeasuredLosses {
    let heldOut = heldOut
    let all = heldOut + general
    var losses: [Double] = []
    for (index, batch) in all.enumerated() {
      losses.append(try trainer.model.loss(of: batch).mean)
      try progress(.measuring(done: index + 1, of: all.count))
    }
    return MeasuredLosses(
      heldOut: Array(losses.prefix(heldOut.count)),
      general: Array(losses.dropFirst(heldOut.count))
    )
  }

  /// Goes on from a checkpoint.
  func resume(from checkpoint: URL) throws {
    try trainer.resume(from: TrainingCheckpoint(checkpoint))
  }

  /// Trains.
  func train(
    stop: StopRequest,
    progress: (TrainingProgress) throws -> Void
  ) throws -> TrainingResult {
    try trainer.run(stop: stop, progress: progress)
  }

  /// What was trained.
  func adapter() throws -> LowRankAdapter {
    var adapter = try trainer.model.adapter()
    adapter.taskType = taskType
    return adapter
  }
}
