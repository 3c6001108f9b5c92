import Foundation
import Synchronization
import TestSupport
import Testing

/// Web pages, taken in and kept in step by the built program.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct WebTests {
  private final class Page: Sendable {
    let text = Mutex("The anchor weighs ninety kilograms.")

    func answer(_ head: String) -> [UInt8] {
      guard head.hasPrefix("GET /boats/anchor.html ") else {
        return Array("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n".utf8)
      }
      let body = "<html><title>Anchors</title><nav>Home</nav><p>\(text.withLock(\.self))</p></html>"
      let type = "Content-Type: text/html\r\nETag: \"\(body.utf8.count)\"\r\n"
      let head = "HTTP/1.1 200 OK\r\n\(type)Content-Length: \(body.utf8.count)\r\n\r\n"
      return Array((head + body).utf8)
    }
  }

  @Test("a page is found, cited with its address, and followed as it changes")
  func page() throws {
    let page = Page()
    let server = try LoopbackServer { page.answer($0) }
    let url = server.address + "/boats/anchor.html"
    let workspace = try TestWorkspace()

    let refused = try workspace.run("add", url)
    #expect(refused.status == 1 && server.requests.isEmpty, "\(refused)")
    let added = try workspace.run("add", url, "--name", "boats", "--allow", "127.0.0.1")
    #expect(added.status != 0, "the place has a name already: \(added)")
    let allowed = try workspace.run("add", url, "--allow", "127.0.0.1")
    try #require(allowed.status == 0, "\(allowed)")

    let search = try workspace.run("search", "weight of the anchor", "--json")
    let hit = search.json["results"][0]
    #expect(hit["text"].string == "The anchor weighs ninety kilograms.")
    #expect(hit["document"].string == "boats/anchor.html")
    #expect(hit["page_url"].string == url)

    page.text.withLock { $0 = "The anchor weighs a hundred and four kilograms." }
    let (run, report) = try workspace.syncReport()
    #expect(run.status == 0 && report["changed"].int == 1, "\(run)")
    #expect(try workspace.found(["anchor weight"])[0].contains { $0.contains("hundred and four") })
    try workspace.expectSound()
  }
}
