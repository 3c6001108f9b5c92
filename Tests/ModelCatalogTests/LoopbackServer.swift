import Foundation
import Synchronization

/// An HTTP server on this machine that gives one answer to every request, and remembers what was
/// asked.
final class LoopbackServer: Sendable {
  private struct Failure: Error {}

  private let descriptor: Int32
  private let heads = Mutex<[String]>([])
  let port: UInt16

  /// The heads of the requests so far.
  var requests: [String] { heads.withLock { $0 } }

  /// The address of the server.
  var address: String { "http://127.0.0.1:\(port)" }

  /// Starts a server.
  ///
  /// - Parameter answer: the status line, header lines and body of every answer.
  /// - Throws: if no socket can be had.
  init(_ answer: String) throws {
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
      while true {
        let connection = accept(server, nil, nil)
        guard connection >= 0 else { break }
        let head = Self.readHead(connection)
        self?.heads.withLock { $0.append(head) }
        let bytes = Array(answer.utf8)
        _ = write(connection, bytes, bytes.count)
        close(connection)
      }
      close(server)
    }
  }

  deinit { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func readHead(_ connection: Int32) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1_024)
    while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      let count = read(connection, &piece, piece.count)
      guard count > 0 else { break }
      bytes += piece.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
