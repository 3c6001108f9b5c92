import Dispatch
import Foundation
import Synchronization

/// A value that is made on a thread of its own, beside other work, and waited for where it is needed.
final class BackgroundValue<Value: Sendable>: Sendable {
  private let isDone = DispatchGroup()
  private let result = Mutex<Result<Value, any Error>?>(nil)

  /// Starts making the value.
  init(_ make: @escaping @Sendable () throws -> Value) {
    isDone.enter()
    Thread.detachNewThread { [self] in
      let made = Result { try make() }
      result.withLock { $0 = made }
      isDone.leave()
    }
  }

  /// The value, once it is made.
  ///
  /// - Throws: what making it threw.
  func value() throws -> Value {
    isDone.wait()
    guard let made = result.withLock(\.self) else { throw CancellationError() }
    return try made.get()
  }
}
