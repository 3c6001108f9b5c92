import Foundation

/// Threads of its own for synchronous numeric work.
///
/// Work is cut into parts before it starts, in a way that does not depend on timing, and each part
/// writes only its own results: so results repeat, whichever thread takes which part. One job runs
/// at a time; a second caller waits for the first. A job started from inside a part runs inline on
/// that thread, so nesting never deadlocks. Waiting threads spin for some tens of microseconds, then
/// sleep.
public final class WorkerPool: Sendable {
  /// The pool of this process: one thread per core.
  public static let shared = WorkerPool()

  /// How many threads work on a job, the caller's included.
  public let threadCount: Int

  private let crew = WorkerCrew()

  /// A pool of threads.
  ///
  /// - Parameter threads: how many threads work on a job, counting the caller; one per core if
  ///   `nil`. With 1 everything runs inline.
  public init(threads: Int? = nil) {
    let wanted = threads ?? ProcessInfo.processInfo.activeProcessorCount
    threadCount = max(1, min(wanted, 512))
    for index in stride(from: 1, to: threadCount, by: 1) {
      let thread = Thread { [crew] in crew.work() }
      thread.name = "attune-worker-\(index)"
      thread.stackSize = 4 << 20
      thread.start()
    }
  }

  deinit {
    crew.stop()
  }

  /// How many threads a job started here and now would get: 1 inside a part, else ``threadCount``.
  public var availableThreads: Int {
    WorkerCrew.isInsidePart ? 1 : threadCount
  }

  /// Calls `body(0)` … `body(parts - 1)` concurrently and returns when all are done.
  ///
  /// Blocks the calling thread, which takes its share of the parts.
  public func run(parts: Int, _ body: @Sendable (Int) -> Void) {
    guard parts > 1, availableThreads > 1 else {
      for part in 0..<max(parts, 0) { body(part) }
      return
    }
    // The crew counts in 32 bits.
    let most = Int(Int32.max)
    var first = 0
    while first < parts {
      let start = first
      crew.run(parts: min(most, parts - first)) { body(start + $0) }
      first += min(most, parts - first)
    }
  }

  /// Like ``run(parts:_:)`` for work that can fail. All parts run; then the error of the lowest
  /// failing part is thrown.
  ///
  /// - Throws: what the lowest failing part threw.
  public func run(parts: Int, throwing body: @Sendable (Int) throws -> Void) throws {
    let failure = FirstFailure()
    run(parts: parts) { part in
      do { try body(part) } catch { failure.note(error, part: part) }
    }
    if let error = failure.error { throw error }
  }

  /// Splits `0..<count` into contiguous ranges of nearly equal length, at most one per thread and
  /// each of at least `grain` elements, and calls `body` for them concurrently.
  public func ranges(count: Int, grain: Int, _ body: @Sendable (Range<Int>) -> Void) {
    guard count > 0 else { return }
    let parts = max(1, min(availableThreads, count / max(grain, 1)))
    run(parts: parts) { part in
      body(Self.slice(part, of: parts, count: count))
    }
  }

  /// Slice `part` of `parts` slices of `0..<count`, which differ in length by at most one.
  static func slice(_ part: Int, of parts: Int, count: Int) -> Range<Int> {
    let (length, longer) = count.quotientAndRemainder(dividingBy: parts)
    let start = part * length + min(part, longer)
    return start..<start + length + (part < longer ? 1 : 0)
  }
}
