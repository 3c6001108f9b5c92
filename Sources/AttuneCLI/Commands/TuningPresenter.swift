import ArgumentParser
import Attune
import Datasets
import Dispatch
import FineTuning
import Foundation

/// Runs a tuning and shows what it does.
struct TuningPresenter {
  let workspace: Workspace
  let json: Bool

  private struct Estimate: Encodable {
    let name: String
    let examples: AdapterRecord.Counts
    let steps: Int
    let trainedParameters: Int
    let seconds: Double
    let bytes: Double
    let wattHours: Double?
  }

  private struct Outcome: Encodable {
    let adapter: AdapterRecord?
    let interrupted: Bool
    let activated: Bool
    let folder: String?
  }

  private struct Token: Encodable {
    let token: Int32
    let text: String
    let learnt: Bool
  }

  /// Prints one training example, token by token.
  func showExample(_ number: Int, of tuning: GeneratorTuning) throws {
    let tokens = try tuning.shown(number - 1)
    if json {
      return try JSONOutput.print(
        tokens.map { Token(token: $0.token, text: $0.text, learnt: $0.isLearnt) }
      )
    }
    for token in tokens {
      let text = Terminal.safeLine(token.text.replacing("\n", with: "\\n"))
      let id = String(token.token)
      let padding = String(repeating: " ", count: max(1, 8 - id.count))
      Terminal.line("\(token.isLearnt ? "learnt" : "      ") \(padding)\(id)  \(text)")
    }
    Terminal.line(
      "\(Figures.plural(tokens.count, "token")), \(tokens.count { $0.isLearnt }) of them learnt"
    )
  }

  /// Prints what the training would take.
  func showEstimate(of tuning: any Tuning) throws {
    let estimate = try tuning.estimate(watts: workspace.configuration.watts)
    guard !json else {
      return try JSONOutput.print(
        Estimate(
          name: tuning.name,
          examples: tuning.counts,
          steps: tuning.size.steps,
          trainedParameters: tuning.size.trained,
          seconds: estimate.seconds,
          bytes: estimate.bytes,
          wattHours: estimate.wattHours
        )
      )
    }
    describe(tuning)
    describe(estimate)
  }

  /// Trains and prints how it went. Ctrl-C stops after the step that is under way.
  ///
  /// - Throws: `ExitCode` 1 where it was interrupted.
  func run(_ tuning: any Tuning, activates: Bool) throws {
    if !json {
      describe(tuning)
      describe(try tuning.estimate(watts: workspace.configuration.watts))
    }
    let stop = StopRequest()
    let source = Self.interrupts { stop.stop() }
    defer { source.cancel() }
    let line = ProgressLine(tuning.name)
    let record = try tuning.run(stop: stop) { phase in
      switch phase {
      case .measuring(let done, let count):
        line.show(done: done, of: count, detail: "measuring on held-out examples")
      case .trained(let progress):
        line.show(done: progress.step, of: progress.steps, detail: Self.detail(of: progress))
      }
    }
    line.finish()
    guard let record else {
      if json {
        try JSONOutput.print(
          Outcome(adapter: nil, interrupted: true, activated: false, folder: nil)
        )
      } else {
        Terminal.line(
          "Stopped and saved. Go on with: attune tune resume \(tuning.name)"
        )
      }
      throw ExitStatus.someFailed.code
    }
    let activated = activates && !record.isWorse
    if activated { try use(record.name, as: record.role) }
    let folder = workspace.adapters.place(of: record.name).path
    guard !json else {
      return try JSONOutput.print(
        Outcome(adapter: record, interrupted: false, activated: activated, folder: folder)
      )
    }
    AdapterPresenter.describe(record)
    if activated {
      Terminal.line("In use from now on. Back: attune adapters deactivate \(record.role.rawValue)")
    } else if activates {
      Terminal.line("Not put in use: it is worse on the held-out examples.")
    } else {
      Terminal.line("Use it: attune adapters activate \(record.name)")
    }
  }

  /// Puts an adapter in use, or the model as it is. For an embedder all vectors are made anew: those of two
  /// embedders cannot be compared.
  func use(_ name: String?, as role: AdapterRecord.Role) throws {
    guard role == .embedder else {
      if let name {
        try workspace.adapters.activate(name)
      } else {
        try workspace.adapters.deactivate(role)
      }
      return
    }
    let line = ProgressLine("vectors")
    try workspace.useEmbedder(adapter: name) { done, count in
      line.show(done: done, of: count, detail: "made anew")
    }
    line.finish()
  }

  private func describe(_ tuning: any Tuning) {
    let counts = tuning.counts
    let noun = tuning.role == .generator ? "example" : "question"
    var text =
      "\(tuning.name): \(Figures.plural(counts.train, noun)) to train on, "
      + "\(counts.validation) to validate, \(counts.test) held out"
    if let tuning = tuning as? GeneratorTuning {
      text += "; quality \(Int(tuning.check.score.total.rounded())) of 100"
    }
    Terminal.line(text)
    switch tuning {
    case let tuning as GeneratorTuning: describeExamples(of: tuning)
    case let tuning as EmbedderTuning where tuning.leftOut > 0:
      Terminal.line(
        "  left out: \(Figures.plural(tuning.leftOut, "example")) without a question or a passage"
      )
    case let tuning as RerankerTuning where tuning.leftOut > 0:
      Terminal.line(
        "  left out: \(Figures.plural(tuning.leftOut, "example")) without a question or a passage of "
          + "this workspace"
      )
    default: break
    }
    Terminal.line(
      "  \(Figures.plural(tuning.size.steps, "step")), "
        + "\(Figures.grouped(tuning.size.trained)) numbers to train"
    )
  }

  private func describeExamples(of tuning: GeneratorTuning) {
    for finding in tuning.check.findings.prefix(3) {
      Terminal.line("  \(finding.severity): \(Terminal.safeLine(finding.message))")
    }
    if tuning.check.findings.count > 3 {
      Terminal.line("  … \(tuning.check.findings.count - 3) more: attune dataset check")
    }
    if let refused = tuning.refused {
      Terminal.line(
        "  left out: \(Figures.plural(refused.count, "example")) – "
          + Terminal.safeLine(refused.reason)
      )
    }
    if tuning.losses.cut + tuning.losses.leftOut + tuning.losses.withoutTargets > 0 {
      Terminal.line(
        "  too long or without anything to learn: \(tuning.losses.cut) cut, "
          + "\(tuning.losses.leftOut + tuning.losses.withoutTargets) left out, "
          + "\(tuning.losses.learntTokens) learnt tokens lost"
      )
    }
  }

  private func describe(_ estimate: TrainingEstimate) {
    var text =
      "  about \(Figures.seconds(estimate.seconds)), \(Figures.bytes(Int(estimate.bytes))) of memory"
    if let energy = estimate.wattHours {
      text += ", \(Figures.decimal(energy)) Wh"
    }
    Terminal.line(text)
  }

  /// What stands beside the progress of a training.
  static func detail(of progress: TrainingProgress) -> String {
    var parts = ["loss \(Figures.decimal(progress.smoothedLoss, places: 3))"]
    if let evaluation = progress.evaluation {
      parts.append("validation \(Figures.decimal(evaluation.loss, places: 3))")
    }
    if let speed = progress.tokensPerSecond {
      parts.append("\(Figures.grouped(Int(speed))) tokens/s")
    }
    if let left = progress.timeLeft {
      parts.append("\(Figures.seconds(left / .seconds(1))) left")
    }
    if let memory = progress.peakMemory { parts.append(Figures.bytes(memory)) }
    return parts.joined(separator: ", ")
  }

  /// Calls `body` at the first Ctrl-C instead of ending the program; a second one ends it.
  static func interrupts(_ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      Terminal.note("\nStopping after this step; press Ctrl-C again to end at once.")
      signal(SIGINT, SIG_DFL)
      body()
    }
    source.resume()
    return source
  }
}
