public import Foundation

/// Where an answer's identifier and time come from, so that tests can fix both.
public struct AnswerEnvironment: Sendable {
  /// A new identifier.
  public var makeIdentifier: @Sendable () -> String
  /// Seconds since 1970.
  public var now: @Sendable () -> Double

  public init(
    makeIdentifier: @escaping @Sendable () -> String = {
      // Not a UUID: Foundation's are all zero where there is no /dev/urandom, as in a bare chroot.
      let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
      return String(repeating: "0", count: 12 - digits.count) + digits
    },
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) {
    self.makeIdentifier = makeIdentifier
    self.now = now
  }
}
