import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP server on this machine that answers one request after the other, each on a connection of its
/// own, and remembers what was asked.
package final class LoopbackServer: Sendable {
  private struct Failure: Error {}

  /// What is said to a request, by its head; nil for nothing at all.
  package typealias Answer = @Sendable (_ head: String) -> [UInt8]?

  private let descriptor: Int32
  private let heads = Mutex<[String]>([])
  package let port: UInt16

  /// The heads of the requests so far, in lower case.
  package var requests: [String] { heads.withLock { $0 } }

  /// The address of the server.
  package var address: String { "http://127.0.0.1:\(port)" }

  /// Starts a server that always answers the same.
  ///
  /// - Parameter answer: the status line, header lines and body of every answer.
  /// - Throws: if no socket can be had.
  package convenience init(_ answer: String) throws {
    try self.init { _ in Array(answer.utf8) }
  }

  /// Starts a server.
  ///
  /// - Parameter answer: gives the status line, header lines and body of an answer.
  /// - Throws: if no socket can be had.
  package init(answering answer: @escaping Answer) throws {
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    let server = socket(AF_INET, kind, 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(server, address, length) == 0 && listen(server, 8) == 0
          && getsockname(server, address, &length) == 0
      }
    }
    guard isOpen else { throw Failure() }
    descriptor = server
    port = UInt16(bigEndian: place.sin_port)
    // Accepting blocks, so it gets a thread of its own, which closes the socket: were it closed
    // elsewhere, its number could be that of another socket before the thread looks again.
    Thread.detachNewThread { [weak self] in
      var silent: [Int32] = []
      while true {
        let connection = accept(server, nil, nil)
        guard connection >= 0 else { break }
        let head = Self.readHead(connection)
        self?.heads.withLock { $0.append(head.lowercased()) }
        if let bytes = answer(head) {
          Self.send(bytes, to: connection)
          close(connection)
        } else {
          silent.append(connection)
        }
      }
      for connection in silent + [server] { close(connection) }
    }
  }

  deinit { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Sends what the other side takes; it may hang up at any time.
  private static func send(_ bytes: [UInt8], to connection: Int32) {
    #if canImport(Darwin)
      var isOn: Int32 = 1
      let size = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &isOn, size)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { buffer in
        #if canImport(Darwin)
          Darwin.send(connection, buffer.baseAddress, buffer.count, flags)
        #else
          Glibc.send(connection, buffer.baseAddress, buffer.count, flags)
        #endif
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  private static func readHead(_ connection: Int32) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1_024)
    while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      let count = read(connection, &piece, piece.count)
      guard count > 0 else { break }
      bytes += piece.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
