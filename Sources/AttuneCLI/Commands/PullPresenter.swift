import Attune
import ModelCatalog
import Synchronization

/// Shows how far the installation of a model has come. Called from whatever thread it runs on.
final class PullPresenter: Sendable {
  private struct State {
    var line: ProgressLine
    var step: String?
  }

  // The lock keeps the line to one thread at a time.
  private let state: Mutex<State>

  init(_ name: String) {
    state = Mutex(State(line: ProgressLine(name)))
  }

  func show(_ progress: ModelLibrary.InstallProgress) {
    switch progress {
    case .pulling(let pull):
      let origin = pull.origin.map { " from \($0.rawValue)" } ?? ""
      let step = "\(pull.step)\(origin)"
      show(
        step,
        done: pull.completedBytes,
        of: pull.totalBytes,
        detail: "\(step) \(Figures.bytes(pull.completedBytes))"
      )
    case .packing(let share):
      let step = "packing the weights"
      show(step, done: Int(share * 1000), of: 1000, detail: step)
    }
  }

  private func show(_ step: String, done: Int, of total: Int, detail: String) {
    state.withLock { state in
      if !Terminal.isInteractive(.standardError), state.step != step { Terminal.note("\(step)…") }
      state.step = step
      state.line.show(done: done, of: total, detail: detail)
    }
  }

  func finish() {
    state.withLock { $0.line.finish() }
  }
}
