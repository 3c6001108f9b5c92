import ModelCatalog
import Synchronization

/// Shows how far a download has come. Called from whatever thread the download runs on.
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

  func finish() {
    state.withLock { $0.line.finish() }
  }
}
