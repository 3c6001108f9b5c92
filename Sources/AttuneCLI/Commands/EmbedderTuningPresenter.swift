import ArgumentParser
import Attune
import Dispatch
import FineTuning
import Foundation

/// Runs an embedder's tuning and shows what it does.
struct EmbedderTuningPresenter {
  let workspace: Workspace
  let json: Bool

  private struct Outcome: Encodable {
    let adapter: AdapterRecord
    let activated: Bool
    let folder: String
  }

  /// Trains and prints how it went. Ctrl-C stops after the step that is under way.
  ///
  /// - Throws: `ExitCode` 1 where it was stopped.
  func run(_ tuning: EmbedderTuning, activates: Bool) throws {
    if !json {
      Terminal.line(
        "\(tuning.request.name): \(Figures.plural(tuning.counts.train, "question")) to train on, "
          + "\(tuning.counts.validation) to validate, \(tuning.counts.test) held out; "
          + Figures.plural(tuning.steps, "step")
      )
      if tuning.leftOut > 0 {
        Terminal.line(
          "  left out: \(Figures.plural(tuning.leftOut, "example")) without a question or a passage"
        )
      }
    }
    let stop = StopRequest()
    let source = TuningPresenter.interrupts { stop.stop() }
    defer { source.cancel() }
    let line = ProgressLine(tuning.request.name)
    let record = try tuning.run(stop: stop) { phase in
      switch phase {
      case .measuring(let done, let count):
        line.show(done: done, of: count, detail: "measuring what is found")
      case .trained(let progress):
        line.show(
          done: progress.step,
          of: progress.steps,
          detail: TuningPresenter.detail(of: progress)
        )
      }
    }
    line.finish()
    guard let record else {
      Terminal.note("Stopped; nothing was kept.")
      throw ExitStatus.someFailed.code
    }
    let activated = activates && !(record.retrieval?.isWorse ?? false)
    if activated { try use(record.name) }
    let folder = workspace.adapters.place(of: record.name).path
    guard !json else {
      return try JSONOutput.print(
        Outcome(adapter: record, activated: activated, folder: folder)
      )
    }
    AdapterPresenter.describe(record)
    if activated {
      Terminal.line("In use from now on. Back: attune adapters deactivate embedder")
    } else if activates {
      Terminal.line("Not put in use: it finds less on the held-out questions.")
    } else {
      Terminal.line("Use it: attune adapters activate \(record.name)")
    }
  }

  /// Makes the workspace's vectors anew with an adapter, or with the model as it is.
  func use(_ name: String?) throws {
    let line = ProgressLine("vectors")
    try workspace.useEmbedder(adapter: name) { done, count in
      line.show(done: done, of: count, detail: "made anew")
    }
    line.finish()
  }
}
