import Foundation

/// The `Retry-After` header (RFC 9110, 10.2.3).
enum RetryAfter {
  /// The wait that a header asks for: a number of seconds, or until a date; nil where it is neither.
  static func duration(_ header: String, now: Date) -> Duration? {
    let header = header.trimmingCharacters(in: .whitespaces)
    if let seconds = Double(header), seconds.isFinite {
      return .seconds(min(max(seconds, 0), 1e6))
    }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    guard let date = format.date(from: header) else { return nil }
    return .seconds(min(max(date.timeIntervalSince(now), 0), 1e6))
  }
}
