import Documents
import TestSupport
import Testing

/// What goes over the wire, seen by servers on this machine.
@Suite struct NetworkWebTests {
  private func fetch(
    _ server: LoopbackServer,
    host: String = "127.0.0.1",
    path: String = "/page",
    limit: Int = 1 << 20,
    limits: WebLimits = WebLimits()
  ) throws -> WebResponse {
    let address = try #require(IPAddress("127.0.0.1"))
    let url = try WebURL("http://\(host):\(server.port)\(path)")
    return try NetworkWeb(limits).fetch(
      WebRequest(url: url, address: address, headers: [("x-test", "1")], limit: limit)
    )
  }

  private func reason(_ work: () throws -> WebResponse) throws -> WebFault.Reason {
    try #require(throws: WebFault.Reason.self) { _ = try work() }
  }

  @Test func theCheckedAddressIsSpokenToWhateverTheNameLeadsTo() throws {
    let server = try LoopbackServer(
      "HTTP/1.1 200 OK\r\nETag: \"1\"\r\netag: \"2\"\r\nContent-Length: 2\r\n\r\nok"
    )
    let response = try fetch(server, host: "docs.invalid", path: "/a%20b?c=%C3%A9")
    #expect(response.status == 200 && response.body == Array("ok".utf8))
    #expect(response.headers["etag"] == "\"1\"")
    let head = server.requests.first ?? ""
    #expect(head.hasPrefix("get /a%20b?c=%c3%a9 http/1.1\r\n"))
    #expect(head.contains("host: docs.invalid:\(server.port)\r\n") && head.contains("x-test: 1"))
  }

  @Test func redirectionsAreNotFollowed() throws {
    let server = try LoopbackServer(
      "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    )
    #expect(try fetch(server).status == 302)
    #expect(server.requests.count == 1)
  }

  @Test func largeAnswersAreRefusedAnnouncedOrNot() throws {
    let body = String(repeating: "a", count: 300_000)
    for length in ["Content-Length: 300000\r\n", ""] {
      let server = try LoopbackServer("HTTP/1.1 200 OK\r\n\(length)\r\n\(body)")
      #expect(try reason { try fetch(server, limit: 100_000) } == .tooLarge(100_000))
      #expect(try fetch(server, limit: 300_000).body.count == 300_000)
    }
  }

  @Test func aServerThatNeverAnswers() throws {
    var limits = WebLimits()
    limits.idle = .milliseconds(50)
    let server = try LoopbackServer { _ in nil }
    let found = try reason { try fetch(server, limits: limits) }
    if case .timedOut = found { return }
    Issue.record("\(found)")
  }

  @Test func anAnswerThatTakesTooLongInAll() throws {
    var limits = WebLimits()
    limits.whole = .milliseconds(50)
    let server = try LoopbackServer { _ in nil }
    let found = try reason { try fetch(server, limits: limits) }
    if case .timedOut = found { return }
    Issue.record("\(found)")
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "not http at all\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func answersThatBreakOffOrAreNone(_ answer: String) throws {
    let server = try LoopbackServer(answer)
    #expect(throws: WebFault.Reason.self) { try fetch(server) }
  }

  @Test func nobodyThere() throws {
    let port = try LoopbackServer("").port
    let address = try #require(IPAddress("127.0.0.1"))
    let url = try WebURL("http://127.0.0.1:\(port)/")
    #expect(throws: WebFault.Reason.self) {
      try NetworkWeb().fetch(WebRequest(url: url, address: address, headers: [], limit: 10))
    }
  }
}
