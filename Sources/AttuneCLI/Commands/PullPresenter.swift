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

  func show(_ progress: PullProgress) {
    state.withLock { state in
      let origin = progress.origin.map { " from \($0.rawValue)" } ?? ""
      let step = "\(progress.step)\(origin)"
      if !Terminal.isInteractive(.standardError), state.step != step {
        Terminal.note("\(step)…")
      }
      state.step = step
      state.line.show(
        done: progress.completedBytes,
        of: progress.totalBytes,
        detail: "\(step) \(Figures.bytes(progress.completedBytes))"
      )
    }
  }

  func show(_ progress: ModelLibrary.InstallProgress) {
    switch progress {
    case .pulling(let progress): show(progress)
    case .packing(let share):
      state.withLock { state in
        let step = "packing the weights"
        if !Terminal.isInteractive(.standardError), state.step != step { Terminal.note("\(step)…") }
        state.step = step
        state.line.show(done: Int(share * 1000), of: 1000, detail: step)
      }
    }
  }

  func finish() {
    state.withLock { $0.line.finish() }
  }
}
