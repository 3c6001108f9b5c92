import Foundation
import Synchronization

/// Runs work that calls itself many levels deep on a thread with a stack that is large enough.
///
/// Templates nest as deep as the limits allow, whoever renders them: some systems give secondary
/// threads half a mebibyte, static Linux programs an eighth, and an overflow would end the process.
enum DeepStack {
  /// Enough for the deepest template in an unoptimized build, four times over. Only what is used of
  /// it takes memory.
  private static let bytes = 16 << 20

  /// Where the thread leaves its result.
  private final class Outcome<Success: Sendable>: Sendable {
    let result = Mutex<Result<Success, ChatTemplateError>?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }

  /// The result of the work, for which the caller waits.
  static func run<Success: Sendable>(
    _ work: @escaping @Sendable () throws(ChatTemplateError) -> Success
  ) throws(ChatTemplateError) -> Success {
    let outcome = Outcome<Success>()
    let thread = Thread {
      let result = Result { () throws(ChatTemplateError) in try work() }
      outcome.result.withLock { $0 = result }
      outcome.isThere.signal()
    }
    thread.stackSize = bytes
    thread.start()
    outcome.isThere.wait()
    guard let result = outcome.result.withLock({ $0 }) else {
      throw ChatTemplateError(.renderingFailed, "Rendering left no result.")
    }
    return try result.get()
  }
}
