import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers each connection with the next of its scripts, whatever is asked;
/// the last one serves all that follow.
final class ScriptedServer: Sendable {
  private let channel: any Channel
  private let log: Log

  /// Does work with a server and stops it.
  static func with<Result>(
    _ scripts: [ServerScript],
    _ work: (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    let server = try await ScriptedServer(scripts)
    do {
      let result = try await work(server)
      try await server.channel.close()
      return result
    } catch {
      try await server.channel.close()
      throw error
    }
  }

  private init(_ scripts: [ServerScript]) async throws {
    let log = Log(scripts)
    self.log = log
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(log))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var baseURL: String { "http://127.0.0.1:\(port)/v1" }
  /// What was asked, heads and bodies.
  var requests: [String] { log.requests.withLock(\.self) }

  private final class Log: Sendable {
    let scripts: Mutex<[ServerScript]>
    let requests = Mutex<[String]>([])

    init(_ scripts: [ServerScript]) { self.scripts = Mutex(scripts) }

    func next() -> ServerScript? {
      scripts.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: Log
    private var received = ""
    private var isAnswered = false

    init(_ log: Log) { self.log = log }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received += String(buffer: unwrapInboundIn(data))
      guard !isAnswered, isComplete else { return }
      isAnswered = true
      log.requests.withLock { $0.append(received) }
      guard let script = log.next() else { return context.close(promise: nil) }
      for piece in script.pieces {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: piece)), promise: nil)
      }
      if !script.stalls { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }

    /// Whether the head and as much of a body as it announces are there.
    private var isComplete: Bool {
      guard let end = received.range(of: "\r\n\r\n") else { return false }
      let head = received[..<end.lowerBound].lowercased()
      guard let length = head.firstMatch(of: #/content-length: (\d+)/#).flatMap({ Int($0.1) })
      else {
        return true
      }
      return received[end.upperBound...].utf8.count >= length
    }
  }
}
