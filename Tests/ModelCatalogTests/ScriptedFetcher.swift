import Foundation
import ModelCatalog
import Synchronization

/// A hub that serves files as told: each request to a file takes the next step of its script, and
/// after the last one the file is served as it should be.
final class ScriptedFetcher: HTTPFetcher {
  enum Step: Sendable {
    /// The answer has this status and no file.
    case status(Int)
    /// Nothing is there.
    case unreachable
    /// So many bytes arrive, then the transfer breaks off.
    case cut(after: Int)
    /// So many bytes arrive, then the transfer ends as if it were complete.
    case short(after: Int)
    /// The whole file, whatever range was asked for.
    case ignoreRange
    /// A range that begins elsewhere than asked.
    case wrongRange
    /// Other bytes of the same number.
    case garbage
    /// More bytes than the file has.
    case tooLong
    /// Runs something in the middle of the transfer.
    case during(@Sendable () async -> Void)
  }

  struct Request: Equatable {
    var url: String
    var offset: Int
    var token: String?
  }

  private struct State {
    var scripts: [String: [Step]]
    var requests: [Request] = []
  }

  private let contents: [String: Data]
  private let state: Mutex<State>

  var requests: [Request] { state.withLock { $0.requests } }

  init(_ contents: [String: Data], _ scripts: [String: [Step]] = [:]) {
    self.contents = contents
    state = Mutex(State(scripts: scripts))
  }

  /// A hub that cannot be reached.
  static func closed(_ contents: [String: Data]) -> ScriptedFetcher {
    ScriptedFetcher(
      contents,
      contents.mapValues { _ in Array(repeating: .unreachable, count: 100) }
    )
  }

  func offsets(of path: String) -> [Int] {
    requests.filter { $0.url.hasSuffix("/" + path) }.map(\.offset)
  }

  func get(
    _ url: URL,
    from offset: Int,
    token: String?,
    receive: (HTTPEvent) throws -> Void
  ) async throws {
    let text = url.absoluteString
    // A longer path first: `config.json` is the end of `1_Pooling/config.json` too.
    let paths = contents.keys.sorted { $0.utf8.count > $1.utf8.count }
    let path = paths.first { text.hasSuffix("/" + $0) } ?? ""
    let data = contents[path] ?? Data()
    let step: Step? = state.withLock { state in
      state.requests.append(Request(url: text, offset: offset, token: token))
      guard state.scripts[path]?.isEmpty == false else { return nil }
      return state.scripts[path]?.removeFirst()
    }
    switch step {
    case .status(let status):
      try receive(.head(status: status, rangeStart: nil))
      try receive(.body(Data("not the file".utf8)))
    case .unreachable:
      throw HTTPFetchError.unreachable("connectTimeout")
    case .cut(let count):
      try send(data.prefix(offset + count), from: offset, receive)
      throw HTTPFetchError.interrupted("reset by peer")
    case .short(let count):
      try send(data.prefix(offset + count), from: offset, receive)
    case .ignoreRange:
      try receive(.head(status: 200, rangeStart: nil))
      try receive(.body(data))
    case .wrongRange:
      try receive(.head(status: 206, rangeStart: offset + 1))
      try receive(.body(data.dropFirst(offset + 1)))
    case .garbage:
      try send(Data(repeating: 7, count: data.count), from: offset, receive)
    case .tooLong:
      try send(data + data, from: offset, receive)
    case .during(let body):
      await body()
      try send(data, from: offset, receive)
    case nil:
      try send(data, from: offset, receive)
    }
  }

  private func send(
    _ data: Data,
    from offset: Int,
    _ receive: (HTTPEvent) throws -> Void
  ) throws {
    try receive(.head(status: offset > 0 ? 206 : 200, rangeStart: offset > 0 ? offset : nil))
    var rest = data.dropFirst(offset)
    while !rest.isEmpty {
      try receive(.body(Data(rest.prefix(4_096))))
      rest = rest.dropFirst(4_096)
    }
  }
}
