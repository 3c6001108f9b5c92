/// When and how often a request is sent again.
///
/// Only before any text has arrived, and only after a failure that may pass: no connection, a cut
/// one, 408, 429 or a 5xx status. Waiting times double, with jitter over their upper half (after the AWS Architecture Blog,
/// "Exponential Backoff And Jitter", 2015).
public struct ServerRetries: Hashable, Sendable {
  /// Requests in all.
  public var attempts: Int
  /// The longest wait before the second request; doubled for each one after.
  public var firstDelay: Duration
  /// The longest wait before any request.
  public var maximumDelay: Duration
  /// The longest wait that a server may ask for with `Retry-After`; above it the request fails at once.
  public var maximumRetryAfter: Duration

  public init(
    attempts: Int = 4,
    firstDelay: Duration = .milliseconds(500),
    maximumDelay: Duration = .seconds(10),
    maximumRetryAfter: Duration = .seconds(60)
  ) {
    self.attempts = attempts
    self.firstDelay = firstDelay
    self.maximumDelay = maximumDelay
    self.maximumRetryAfter = maximumRetryAfter
  }

  /// The wait before the request after `failures` failed ones; `random` is from 0 up to 1.
  func delay(afterFailures failures: Int, random: Double) -> Duration {
    let doublings = min(max(failures - 1, 0), 20)
    let longest = min(firstDelay * (1 << doublings), maximumDelay)
    return longest * (0.5 + 0.5 * min(max(random, 0), 1))
  }
}
