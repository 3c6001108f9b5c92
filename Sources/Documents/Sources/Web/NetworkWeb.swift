import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Fetches over the network with async-http-client, over one connection at a time.
package final class NetworkWeb: WebFetching {
  private struct Connection: Sendable {
    let host: String
    let address: IPAddress
    let client: HTTPClient
  }

  private let limits: WebLimits
  /// The client of the server that was spoken to last; its connection is kept for the next page.
  private let current = Mutex<Connection?>(nil)

  package init(_ limits: WebLimits = WebLimits()) { self.limits = limits }

  deinit { Self.close(current.withLock(\.self)) }

  /// Sends a request to its address. Only one at a time: others wait.
  package func fetch(_ request: WebRequest) throws(WebFault.Reason) -> WebResponse {
    let result = current.withLock { current -> Result<WebResponse, WebFault.Reason> in
      let isKept = current?.host == request.url.host && current?.address == request.address
      if !isKept { Self.close(current) }
      let connection = isKept ? current ?? connection(to: request) : connection(to: request)
      current = connection
      do {
        return .success(try send(request, over: connection.client))
      } catch let error as HTTPClientError where isKept && error == .remoteConnectionClosed {
        // The server had ended the connection that was kept. Asking again on a new one is harmless.
        do {
          return .success(try send(request, over: connection.client))
        } catch {
          return .failure(Self.reason(error))
        }
      } catch {
        return .failure(Self.reason(error))
      }
    }
    return try result.get()
  }

  private static func close(_ connection: Connection?) {
    try? connection?.client.syncShutdown()
  }

  private func connection(to request: WebRequest) -> Connection {
    var configuration = HTTPClient.Configuration()
    configuration.timeout = .init(connect: .init(limits.connect), read: .init(limits.idle))
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
    // The name has been looked up and its addresses checked: nobody looks it up again. The certificate is
    // still compared with the name.
    configuration.dnsOverride = [request.url.host: request.address.description]
    return Connection(
      host: request.url.host,
      address: request.address,
      client: HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    )
  }

  private func send(_ request: WebRequest, over client: HTTPClient) throws -> WebResponse {
    var message = try HTTPClient.Request(url: request.url.description)
    // Where another parser saw another host, the checked address would not be the one spoken to.
    let host = request.url.host
    guard message.host == host || message.host == "[\(host)]" else {
      throw WebFault.Reason.malformed("the host's name is not unambiguous")
    }
    message.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
    let deadline = NIODeadline.now() + .init(limits.whole)
    return try client.execute(
      request: message,
      delegate: WebResponseCollector(limit: request.limit),
      deadline: deadline
    ).futureResult.wait()
  }

  private static func reason(_ error: any Error) -> WebFault.Reason {
    if let reason = error as? WebFault.Reason { return reason }
    let text = String(describing: error)
    switch error as? HTTPClientError {
    case .connectTimeout: return .timedOut("no connection came about")
    case .readTimeout: return .timedOut("nothing arrived for a while")
    case .deadlineExceeded: return .timedOut("the whole answer took too long")
    case .tlsHandshakeTimeout: return .timedOut("no secure connection came about")
    case .remoteConnectionClosed: return .interrupted("the server ended the connection")
    default: break
    }
    if error is HTTPParserError { return .malformed(text) }
    return text.lowercased().contains("certificate") ? .untrusted(text) : .unreachable(text)
  }
}

/// Gathers an answer, and ends it where it grows too large.
private final class WebResponseCollector: HTTPClientResponseDelegate {
  private let limit: Int
  private let response = Mutex(WebResponse(status: 0))

  init(limit: Int) { self.limit = limit }

  func didReceiveHead(
    task: HTTPClient.Task<WebResponse>,
    _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    response.withLock { response in
      response.status = Int(head.status.code)
      for (name, value) in head.headers where response.headers[name.lowercased()] == nil {
        response.headers[name.lowercased()] = value
      }
    }
    let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    return length > limit ? refuse(task) : task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<WebResponse>,
    _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    let fits = response.withLock { response in
      guard response.body.count + buffer.readableBytes <= limit else { return false }
      response.body.append(contentsOf: buffer.readableBytesView)
      return true
    }
    return fits ? task.eventLoop.makeSucceededVoidFuture() : refuse(task)
  }

  func didFinishRequest(task: HTTPClient.Task<WebResponse>) throws -> WebResponse {
    response.withLock(\.self)
  }

  private func refuse(_ task: HTTPClient.Task<WebResponse>) -> EventLoopFuture<Void> {
    task.eventLoop.makeFailedFuture(WebFault.Reason.tooLarge(limit))
  }
}
