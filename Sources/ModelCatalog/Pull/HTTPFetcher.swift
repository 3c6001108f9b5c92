public import Foundation

/// Fetches files over HTTP. The program uses `NetworkFetcher`; a test hands in a script.
public protocol HTTPFetcher: Sendable {
  /// Sends a GET request and hands on what comes back: one head, then the body in pieces.
  ///
  /// - Parameters:
  ///   - url: the address; redirections are followed.
  ///   - offset: the first byte wanted; above 0, a range is asked for.
  ///   - token: sent as a bearer token, to the address's own host only: not to where it redirects.
  ///   - receive: takes each event; what it throws ends the transfer and is thrown on.
  /// - Throws: `HTTPFetchError` if the server is not reached or the transfer breaks off.
  func get(
    _ url: URL,
    from offset: Int,
    token: String?,
    receive: (HTTPEvent) throws -> Void
  ) async throws
}

/// A part of an HTTP response.
public enum HTTPEvent: Sendable {
  /// The status, and the first byte of the range the server sends, if it sends a range.
  case head(status: Int, rangeStart: Int?)
  /// A piece of the body.
  case body(Data)
}

/// Why an HTTP transfer failed.
public enum HTTPFetchError: Error, Sendable, Hashable {
  /// No connection came about: no name, no route, refused, timed out, no trusted certificate.
  case unreachable(String)
  /// The transfer broke off or stalled.
  case interrupted(String)

  /// What happened.
  public var reason: String {
    switch self {
    case .unreachable(let reason), .interrupted(let reason): reason
    }
  }
}
