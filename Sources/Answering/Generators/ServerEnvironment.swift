public import Foundation

/// What a server generator takes from the world around it, so that tests can fix all of it.
public struct ServerEnvironment: Sendable {
  /// The value of an environment variable.
  public var variable: @Sendable (String) -> String?
  /// Waits before a request is sent again.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 up to 1, for jitter.
  public var random: @Sendable () -> Double
  /// The time of day, for `Retry-After` dates.
  public var now: @Sendable () -> Date

  public init(
    variable: @escaping @Sendable (String) -> String? = {
      ProcessInfo.processInfo.environment[$0]
    },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.variable = variable
    self.sleep = sleep
    self.random = random
    self.now = now
  }
}
