import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1

/// Fetches over the network with async-http-client.
public struct NetworkFetcher: HTTPFetcher {
  private let connectTimeout: TimeAmount
  private let readTimeout: TimeAmount

  /// A fetcher that gives up early where there is no way out, so that other ways can be tried.
  ///
  /// - Parameters:
  ///   - connectTimeout: how long a connection may take to come about.
  ///   - readTimeout: how long nothing may arrive.
  public init(connectTimeout: Duration = .seconds(5), readTimeout: Duration = .seconds(30)) {
    self.connectTimeout = .init(connectTimeout)
    self.readTimeout = .init(readTimeout)
  }

  /// Sends a GET request; see `HTTPFetcher`.
  public func get(
    _ url: URL,
    from offset: Int,
    token: String?,
    receive: (HTTPEvent) throws -> Void
  ) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.timeout = .init(connect: connectTimeout, read: readTimeout)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.redirectConfiguration = .follow(max: 5, allowCycles: false)
    var request = HTTPClientRequest(url: url.absoluteString)
    request.headers.add(name: "user-agent", value: "attune")
    // On a redirection to another host the client drops this header.
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    if offset > 0 { request.headers.add(name: "range", value: "bytes=\(offset)-") }
    try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      let response: HTTPClientResponse
      do {
        response = try await client.execute(request, timeout: .hours(12))
      } catch {
        try Task.checkCancellation()
        let isStall = error as? HTTPClientError == .readTimeout
        let reason = String(describing: error)
        throw isStall ? HTTPFetchError.interrupted(reason) : .unreachable(reason)
      }
      let range = response.headers.first(name: "content-range")
      try receive(
        .head(status: Int(response.status.code), rangeStart: range.flatMap(Self.rangeStart))
      )
      var body = response.body.makeAsyncIterator()
      while true {
        let piece: ByteBuffer?
        do {
          piece = try await body.next()
        } catch {
          try Task.checkCancellation()
          throw HTTPFetchError.interrupted(String(describing: error))
        }
        guard let piece else { return }
        try receive(.body(Data(piece.readableBytesView)))
      }
    }
  }

  /// The first byte in `bytes 100-199/200`.
  private static func rangeStart(_ header: String) -> Int? {
    let parts = header.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
    return parts[1].split(separator: "-").first.flatMap { Int($0) }
  }
}
