import Synchronization

/// A wish to stop that any thread may utter, such as one that waits for Ctrl-C.
public final class StopRequest: Sendable {
  private let flag = Atomic(false)

  /// No wish yet.
  public init() {}

  /// Asks the training to finish its step, save and stop.
  public func stop() { flag.store(true, ordering: .relaxed) }

  /// Whether someone asked.
  public var isMade: Bool { flag.load(ordering: .relaxed) }
}
