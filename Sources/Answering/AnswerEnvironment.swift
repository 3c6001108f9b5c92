public import Foundation

/// Where an answer's identifier and time come from, so that tests can fix both.
public struct AnswerEnvironment: Sendable {
  /// A new identifier.
  public var makeIdentifier: @Sendable () -> String
  /// Seconds since 1970.
  public var now: @Sendable () -> Double

  public init(
    makeIdentifier: @escaping @Sendable () -> String = {
      String(UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(12))
    },
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) {
    self.makeIdentifier = makeIdentifier
    self.now = now
  }
}
