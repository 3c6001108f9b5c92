import Synchronization

/// Ends work that does not come on in time.
///
/// The work says what it waits for and for how long; a second task looks at that time again and again
/// and cancels the work when it has passed.
final class Watchdog: Sendable {
  /// What was waited for in vain.
  struct Expired: Error {
    let wait: Wait
    let limit: Duration
  }

  enum Wait: Sendable {
    case firstText, nextText, whole
  }

  private struct State {
    var wait = Wait.whole
    var limit: Duration
    var end: ContinuousClock.Instant
  }

  private let clock = ContinuousClock()
  private let tick: Duration
  private let total: Duration
  private let totalEnd: ContinuousClock.Instant
  private let state: Mutex<State>

  init(total: Duration, tick: Duration) {
    self.total = total
    self.tick = tick
    totalEnd = clock.now + total
    state = Mutex(State(limit: total, end: totalEnd))
  }

  /// From now on, something must happen within a time.
  func expect(_ wait: Wait, within limit: Duration) {
    let end = clock.now + limit
    state.withLock { $0 = State(wait: wait, limit: limit, end: end) }
  }

  /// From now on, only the limit for everything holds.
  func relax() {
    state.withLock { $0 = State(limit: total, end: totalEnd) }
  }

  /// Does the work and gives its result.
  ///
  /// - Throws: ``Expired`` where a time ran out, else what the work throws.
  func run<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await work() }
      group.addTask {
        try await self.watch()
        return nil
      }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private func watch() async throws {
    while true {
      try await clock.sleep(for: tick)
      let now = clock.now
      if now >= totalEnd { throw Expired(wait: .whole, limit: total) }
      let state = state.withLock(\.self)
      if now >= state.end { throw Expired(wait: state.wait, limit: state.limit) }
    }
  }
}
