import Foundation
import Kernels

extension Trainer {
  /// Learns from the next step's batches.
  ///
  /// Gradients are summed over all targets of the step and then divided by their number: so however
  /// the step is cut into batches, each target counts the same.
  func takeStep() throws {
    let start = environment.now()
    let batches = try plan.batches(ofStep: state.step)
    optimizer.clearGradients()
    var loss = LossSum()
    var tokens = 0
    for batch in batches {
      loss = loss + (try model.addGradients(of: batch, scale: 1))
      tokens += plan.tokens(of: batch)
    }
    guard loss.count > 0 else {
      throw FineTuningError(
        .emptyData,
        "There is nothing to learn in step \(state.step + 1).",
        subject: "training data",
        remedy: "Leave out examples in which nothing is learnt."
      )
    }
    let norm = optimizer.gradientNorm() / Double(loss.count)
    guard loss.sum.isFinite else { throw try diverged("loss") }
    guard norm.isFinite else { throw try diverged("gradient") }
    let learningRate =
      settings.learningRate
      * settings.schedule.factor(
        atStep: state.step,
        of: steps,
        warmUp: settings.warmUp(of: steps)
      )
    if plan.validation.isEmpty { keepValues() }
    try optimizer.takeStep(
      learningRate: learningRate,
      gradientScale: AdamW.clippingFactor(norm: norm, limit: settings.gradientLimit)
        / Double(loss.count)
    )
    try model.parametersChanged()
    state.step += 1
    state.tokens += tokens
    let before = state.curve.points.last?.smoothedLoss ?? loss.mean
    state.curve.points.append(
      TrainingCurve.Point(
        step: state.step,
        loss: loss.mean,
        smoothedLoss: before + 0.1 * (loss.mean - before),
        learningRate: learningRate,
        gradientNorm: norm,
        targets: loss.count
      )
    )
    speed.note(tokens: tokens, time: environment.now() - start)
  }

  /// Takes the loss of the validation data and keeps the parameters if it is the best so far.
  func evaluate() throws {
    var loss = LossSum()
    for batch in plan.validation { loss = loss + (try model.loss(of: batch)) }
    guard loss.count > 0 else {
      throw FineTuningError(
        .emptyData,
        "There is nothing to predict in the validation data.",
        subject: "validation data",
        remedy: "Give validation examples with an assistant's answer, or none."
      )
    }
    guard loss.sum.isFinite else { throw try diverged("validation loss") }
    let evaluation = TrainingCurve.Evaluation(step: state.step, loss: loss.mean)
    state.curve.evaluations.append(evaluation)
    let best = state.best?.loss ?? .infinity
    state.evaluationsSinceBest = evaluation.loss < best ? 0 : state.evaluationsSinceBest + 1
    // Of equals the later is kept: data that cannot tell them apart are no reason to undo the training.
    if evaluation.loss <= best {
      state.best = evaluation
      keepValues()
    }
  }

  /// How fast one pass is: tokens per second there and back through the first batch. Changes nothing.
  public func measureSpeed() throws -> Double? {
    guard let batch = try plan.batches(ofStep: state.step).first else { return nil }
    let start = environment.now()
    _ = try model.addGradients(of: batch, scale: 1)
    let seconds = (environment.now() - start) / .seconds(1)
    optimizer.clearGradients()
    return seconds > 0 ? Double(plan.tokens(of: batch)) / seconds : nil
  }

  /// Keeps a copy of the parameters' values.
  func keepValues() {
    for (copy, parameter) in zip(kept, optimizer.parameters) { copy.copy(parameter.value) }
  }

  /// Gives the parameters the values that were kept.
  func restoreKept() throws {
    for (copy, parameter) in zip(kept, optimizer.parameters) { parameter.value.copy(copy) }
    try model.parametersChanged()
  }

  /// Goes back to the last values that were good and says what happened.
  private func diverged(_ what: String) throws -> FineTuningError {
    try restoreKept()
    let good =
      if let best = state.best {
        "those of the best validation loss, of step \(best.step)"
      } else {
        "those before step \(max(1, state.step)), the last with which the loss was a number"
      }
    return FineTuningError(
      .diverged,
      "The \(what) is no longer a number in step \(state.step + 1) of \(steps). The parameters are "
        + "again \(good).",
      subject: "step \(state.step + 1)",
      remedy: "Train with a lower learning rate (it is \(settings.learningRate)), a longer warm-up "
        + "or a lower gradient limit, and have the examples checked."
    )
  }
}
