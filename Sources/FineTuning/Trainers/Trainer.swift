public import Foundation
public import Kernels

/// Trains a model step by step: gradients over all batches of a step, divided by the step's targets,
/// clipped, one step of AdamW; now and then a look at the validation data and a checkpoint.
///
/// The same model, plan and settings give the same bits on the same machine, however a step is cut
/// into batches up to rounding, and however often the training is stopped and resumed exactly. Runs on
/// the caller's thread.
public final class Trainer<Model: TrainableModel> {
  /// The model.
  public let model: Model
  /// What it learns from.
  public let plan: any TrainingPlan<Model.Batch>
  /// How it learns.
  public let settings: TrainingSettings
  /// Moves the parameters.
  public let optimizer: AdamW
  /// Steps of the whole training.
  public let steps: Int

  let environment: TrainingEnvironment
  /// The fingerprint of the base model.
  let base: String
  /// Where checkpoints go.
  let checkpointFile: URL?
  var state = TrainingState()
  /// The values of the parameters that are worth keeping: those of the best evaluation, or without
  /// validation those before the latest step.
  let kept: [Matrix]
  var speed = TrainingSpeed()

  /// A trainer before its first step.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - plan: what it learns from.
  ///   - settings: how it learns.
  ///   - base: tells base models apart, so that a checkpoint is not resumed on another one.
  ///   - checkpointFile: where checkpoints go, a file whose name ends in `.safetensors`; nil for none.
  ///   - environment: clock and memory.
  ///   - kernels: the inner loops.
  ///   - pool: the threads of the optimizer.
  /// - Throws: ``FineTuningError`` if a setting is out of its range, or there is nothing to learn from.
  public init(
    _ model: Model,
    plan: any TrainingPlan<Model.Batch>,
    settings: TrainingSettings,
    base: String,
    checkpointFile: URL? = nil,
    environment: TrainingEnvironment = .system(),
    kernels: KernelSet,
    pool: WorkerPool = .shared
  ) throws(FineTuningError) {
    try settings.validate()
    guard plan.stepsPerEpoch > 0, !model.parameters.isEmpty else {
      throw FineTuningError(
        .emptyData,
        model.parameters.isEmpty
          ? "The model has no parameters to train." : "There is nothing to learn from.",
        subject: "training data",
        remedy: "Check the settings of the adapter and the examples."
      )
    }
    self.model = model
    self.plan = plan
    self.settings = settings
    self.base = base
    self.checkpointFile = checkpointFile
    self.environment = environment
    optimizer = AdamW(
      model.parameters,
      settings: settings.optimizer,
      kernels: kernels,
      pool: pool
    )
    steps = settings.length.steps(perEpoch: plan.stepsPerEpoch)
    kept = model.parameters.map { Matrix(rows: $0.value.rows, columns: $0.value.columns) }
    keepValues()
  }

  /// Trains to the end, or until asked to stop.
  ///
  /// Where there is validation data the model ends with its best parameters. Interrupted, it stays
  /// with its latest ones, and the checkpoint, if there is a file for it, holds all to go on.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: called after each step.
  /// - Returns: how it ended and how it went.
  /// - Throws: ``FineTuningError`` with code `diverged` if a loss or gradient is no number any more:
  ///   the model then has its best parameters, or those before the latest step, and the checkpoint is
  ///   untouched; with code `unwritableFile` if a checkpoint cannot be written; and what the model, the
  ///   plan and `progress` throw.
  public func run(
    stop: StopRequest = StopRequest(),
    progress: (TrainingProgress) throws -> Void = { _ in }
  ) throws -> TrainingResult {
    let start = (time: environment.now(), step: state.step, seconds: state.seconds)
    func noteTime() {
      state.seconds = start.seconds + (environment.now() - start.time) / .seconds(1)
    }
    if !plan.validation.isEmpty, state.best == nil { try evaluate() }
    while outcome == nil {
      if stop.isMade {
        noteTime()
        try saveCheckpoint()
        return result(.interrupted)
      }
      try takeStep()
      if isDue(settings.evaluationInterval), !plan.validation.isEmpty { try evaluate() }
      noteTime()
      if isDue(settings.checkpointInterval) || outcome != nil { try saveCheckpoint() }
      let left = Double(steps - state.step) / Double(state.step - start.step)
      try progress(
        report(timeLeft: .seconds((state.seconds - start.seconds) * left))
      )
    }
    if !plan.validation.isEmpty { try restoreKept() }
    return result(outcome ?? .finished)
  }

  /// Why the training is over; nil while it is not.
  private var outcome: TrainingResult.Outcome? {
    if state.step >= steps { return .finished }
    if let patience = settings.patience, state.evaluationsSinceBest >= patience {
      return .stoppedEarly
    }
    return nil
  }

  /// Whether something that happens every so many steps, or once an epoch, happens after this one.
  private func isDue(_ interval: Int?) -> Bool {
    state.step % (interval ?? plan.stepsPerEpoch) == 0 || state.step == steps
  }

  private func report(timeLeft: Duration) -> TrainingProgress {
    let point = state.curve.points.last
    return TrainingProgress(
      step: state.step,
      steps: steps,
      epoch: Double(state.step) / Double(plan.stepsPerEpoch),
      loss: point?.loss ?? 0,
      smoothedLoss: point?.smoothedLoss ?? 0,
      learningRate: point?.learningRate ?? 0,
      gradientNorm: point?.gradientNorm ?? 0,
      tokensPerSecond: speed.tokensPerSecond,
      timeLeft: timeLeft,
      evaluation: state.curve.evaluations.last,
      best: state.best,
      peakMemory: environment.peakMemory()
    )
  }

  private func result(_ outcome: TrainingResult.Outcome) -> TrainingResult {
    TrainingResult(
      outcome: outcome,
      step: state.step,
      steps: steps,
      before: state.curve.evaluations.first,
      best: state.best,
      curve: state.curve,
      duration: .seconds(state.seconds),
      tokens: state.tokens
    )
  }
}
