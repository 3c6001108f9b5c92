import Synchronization

/// Results that several threads hand in.
final class LockedResults<Value: Sendable>: Sendable {
  private let values = Mutex<[Int: Value]>([:])

  func set(_ value: Value?, at index: Int) { values.withLock { $0[index] = value } }

  func value(at index: Int) -> Value? { values.withLock { $0[index] } }
}
