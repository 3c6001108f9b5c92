import CKernels
import Foundation
import Synchronization

/// The threads of a pool and the job they share.
///
/// `claims` holds the number of parts of the job (high 32 bits) and the next part to take (low 32
/// bits). A thread takes a part by raising `next` with compare-and-exchange; while one taken part is
/// unfinished the job cannot end, so its body stays valid.
///
/// Sendable without checks: `body` is written by the submitter before it publishes the parts in
/// `claims` (release) and read only after a part was taken from there (acquire).
final class WorkerCrew: @unchecked Sendable {
  private let claims = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let submitterSleeps = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private let submission = NSLock()
  private let wake = NSCondition()
  private let done = NSCondition()
  private var body: UnsafePointer<@Sendable (Int) -> Void>?

  /// About 60 µs: longer than the gaps between the operations of a forward pass.
  private static let spins = 1000

  // MARK: Knowing where we are

  private static let partKey: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// Whether this thread is running a part of a job, of whichever pool.
  static var isInsidePart: Bool {
    pthread_getspecific(partKey) != nil
  }

  private static func setInsidePart(_ inside: Bool) {
    pthread_setspecific(partKey, inside ? UnsafeRawPointer(bitPattern: 1) : nil)
  }

  // MARK: The submitter

  /// Runs all parts; the caller must not be inside a part.
  func run(parts: Int, _ body: @Sendable (Int) -> Void) {
    submission.lock()
    defer { submission.unlock() }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { pointer in
        self.body = pointer
        finished.store(0, ordering: .relaxed)
        claims.store(UInt64(parts) << 32, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
          wake.lock()
          wake.broadcast()
          wake.unlock()
        }
        Self.setInsidePart(true)
        while takePart() {}
        Self.setInsidePart(false)
        waitUntilFinished(parts)
        self.body = nil
      }
    }
  }

  private func waitUntilFinished(_ parts: Int) {
    for _ in 0..<Self.spins {
      if finished.load(ordering: .acquiring) == parts { return }
      ck_pause()
    }
    done.lock()
    submitterSleeps.store(true, ordering: .sequentiallyConsistent)
    while finished.load(ordering: .sequentiallyConsistent) != parts { done.wait() }
    submitterSleeps.store(false, ordering: .relaxed)
    done.unlock()
  }

  // MARK: The workers

  /// The life of a worker thread.
  func work() {
    Self.setInsidePart(true)
    while !stopping.load(ordering: .relaxed) {
      if takePart() { continue }
      var spins = Self.spins
      while spins > 0, !hasParts {
        ck_pause()
        spins -= 1
      }
      if spins == 0 { sleep() }
    }
  }

  func stop() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    wake.lock()
    wake.broadcast()
    wake.unlock()
  }

  private func sleep() {
    wake.lock()
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while !hasParts, !stopping.load(ordering: .sequentiallyConsistent) { wake.wait() }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    wake.unlock()
  }

  private var hasParts: Bool {
    let state = claims.load(ordering: .sequentiallyConsistent)
    return state & 0xffff_ffff < state >> 32
  }

  /// Takes one part and runs it; false if there is none to take.
  private func takePart() -> Bool {
    var state = claims.load(ordering: .acquiring)
    while state & 0xffff_ffff < state >> 32 {
      let (exchanged, now) = claims.compareExchange(
        expected: state,
        desired: state + 1,
        ordering: .acquiringAndReleasing
      )
      if exchanged {
        let parts = Int(state >> 32)
        perform(Int(state & 0xffff_ffff))
        finish(of: parts)
        return true
      }
      state = now
    }
    return false
  }

  // Not inlined, so that the body is let go before the part counts as finished.
  @inline(never)
  private func perform(_ part: Int) {
    body?.pointee(part)
  }

  private func finish(of parts: Int) {
    let count = finished.add(1, ordering: .sequentiallyConsistent).newValue
    guard count == parts, submitterSleeps.load(ordering: .sequentiallyConsistent) else { return }
    done.lock()
    done.signal()
    done.unlock()
  }
}
