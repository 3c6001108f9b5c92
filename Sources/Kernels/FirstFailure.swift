import Synchronization

/// The error of the lowest part that failed, whatever the order in which parts ran.
final class FirstFailure: Sendable {
  private let found = Mutex<(part: Int, error: any Error)?>(nil)

  func note(_ error: any Error, part: Int) {
    found.withLock { found in
      if let earlier = found, earlier.part <= part { return }
      found = (part, error)
    }
  }

  var error: (any Error)? {
    found.withLock { $0?.error }
  }
}
