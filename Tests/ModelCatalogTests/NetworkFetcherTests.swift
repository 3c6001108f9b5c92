import Foundation
import ModelCatalog
import TestSupport
import Testing

/// What goes over the wire, seen by servers on this machine.
@Suite struct NetworkFetcherTests {
  private func get(_ address: String, from offset: Int = 0, token: String? = nil) async throws
    -> (status: Int, rangeStart: Int?, body: String)
  {
    let url = try #require(URL(string: address))
    var result: (Int, Int?, String) = (0, nil, "")
    try await NetworkFetcher().get(url, from: offset, token: token) { event in
      switch event {
      case .head(let status, let rangeStart): (result.0, result.1) = (status, rangeStart)
      case .body(let piece): result.2 += String(decoding: piece, as: UTF8.self)
      }
    }
    return result
  }

  @Test func rangeAndTokenAreSent() async throws {
    let server = try LoopbackServer(
      "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5\r\n"
        + "Connection: close\r\n\r\nworld"
    )
    let answer = try await get(server.address + "/file", from: 5, token: "hf_secret")
    #expect(answer == (206, 5, "world"))
    #expect(server.requests.first?.contains("range: bytes=5-\r\n") == true)
    #expect(server.requests.first?.contains("authorization: bearer hf_secret\r\n") == true)
  }

  /// The hub sends a client to another host for large files.
  @Test func tokenDoesNotFollowARedirectionToAnotherHost() async throws {
    let store = try LoopbackServer(
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
    )
    let hub = try LoopbackServer(
      "HTTP/1.1 302 Found\r\nLocation: \(store.address)/blob\r\nContent-Length: 0\r\n"
        + "Connection: close\r\n\r\n"
    )
    let answer = try await get(hub.address + "/file", token: "hf_secret")
    #expect(answer == (200, nil, "ok"))
    #expect(hub.requests.first?.contains("bearer hf_secret") == true)
    #expect(store.requests.count == 1)
    #expect(store.requests.first?.contains("hf_secret") == false)
  }
}
