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
    try trainer.estimate(
      tokensPerPass: request.settings.tokensPerPass,
      bytesPerFrozenWeight: bytesPerFrozenWeight,
      bytesPerTrainedWeight: request.settings.adapter == nil
        ? TunedLanguageModel.bytesPerWholeWeight : 20,
      recomputes: request.recomputes,
      watts: watts
    )
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
