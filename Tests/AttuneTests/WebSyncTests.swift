import Attune
import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import Synchronization
import TestSupport
import Testing

/// A site on this machine, kept in step by a workspace.
@Suite struct WebSyncTests {
  /// Pages by path, each with a status.
  private final class Site: Sendable {
    let pages = Mutex<[String: (status: Int, body: String)]>([:])

    func put(_ path: String, _ body: String, status: Int = 200) {
      pages.withLock { $0[path] = (status, body) }
    }

    func remove(_ path: String) { pages.withLock { $0[path] = nil } }

    func answer(_ head: String) -> [UInt8] {
      let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      let page = pages.withLock { $0[path] } ?? (status: 404, body: "nothing")
      let tag = "\"\(page.body.hashValue)\""
      let isKnown = page.status == 200 && head.lowercased().contains("if-none-match: \(tag)\r\n")
      let status = isKnown ? 304 : page.status
      let body = isKnown ? "" : page.body
      let headers = "Content-Length: \(body.utf8.count)\r\nETag: \(tag)\r\nConnection: close"
      return Array("HTTP/1.1 \(status) X\r\n\(headers)\r\n\r\n\(body)".utf8)
    }
  }

  private let test: TestWorkspace
  private let site = Site()
  private let server: LoopbackServer

  init() throws {
    test = try TestWorkspace()
    let site = site
    server = try LoopbackServer { site.answer($0) }
    site.put("/otter.html", "<html><title>Otters</title><p>The otter swims plantqxone.</p></html>")
    site.put("/lynx.html", "<html><p>The lynx hunts.</p></html>")
    map("otter.html", "lynx.html")
  }

  private func map(_ pages: String...) {
    let entries = pages.map { "<url><loc>\(server.address)/\($0)</loc></url>" }.joined()
    site.put("/sitemap.xml", "<urlset>\(entries)</urlset>")
  }

  private func add(_ path: String = "/sitemap.xml", allow: [String] = ["127.0.0.1"]) throws {
    _ = try test.workspace().addPage(server.address + path, name: "site", allowing: allow)
  }

  private func sync() throws -> SyncReport {
    try #require(try test.sync().reports.first)
  }

  @Test func onlyWhatChangedIsReadAgain() throws {
    try add()
    #expect(try sync().added == 2)
    #expect(try test.documents() == ["site/lynx.html", "site/otter.html"])
    _ = test.embedder.takeTexts()
    #expect(try sync().unchanged == 2)
    #expect(test.embedder.takeTexts().isEmpty)
    site.put("/lynx.html", "<html><p>The lynx sleeps.</p></html>")
    let report = try sync()
    #expect(report.changed == 1 && report.unchanged == 1)
    #expect(!test.embedder.takeTexts().contains { $0.contains("otter") })
  }

  @Test func whatIsGoneIsRemovedAndWhatFailsIsKept() throws {
    try add()
    _ = try sync()
    site.put("/lynx.html", "busy", status: 503)
    var report = try sync()
    #expect(report.failures.map(\.error.subject) == ["lynx.html"] && report.removed == 0)
    #expect(try test.documents().count == 2)
    site.remove("/otter.html")
    site.put("/lynx.html", "<html><p>The lynx hunts.</p></html>")
    report = try sync()
    #expect(report.removed == 1 && report.failures.isEmpty)
    #expect(try ByteSearch.hits(["plantqxone"], under: test.root).isEmpty)
    map("otter.html")
    site.put("/otter.html", "<html><p>The otter is back.</p></html>")
    report = try sync()
    #expect(report.removed == 1 && report.added == 1)
    #expect(try test.documents() == ["site/otter.html"])
  }

  @Test func aSiteThatCannotBeReachedKeepsWhatIsKnown() throws {
    try add()
    _ = try sync()
    site.put("/sitemap.xml", "broken", status: 500)
    let outcome = try test.sync()
    #expect(outcome.reports.isEmpty && outcome.unreachable.count == 1)
    #expect(try test.documents().count == 2)
  }

  @Test func aPageOfItsOwn() throws {
    try add("/otter.html")
    #expect(try sync().added == 1)
    #expect(try sync().unchanged == 1)
    let asked = server.requests.filter { $0.hasPrefix("get /otter.html") }
    #expect(asked.count == 2 && asked.last?.contains("if-none-match: ") == true)
    site.remove("/otter.html")
    #expect(try sync().removed == 1)
  }

  @Test func aHostIsAllowedInASecondAttempt() throws {
    try add(allow: [])
    #expect(try test.sync().unreachable.first?.remedy.contains("--allow 127.0.0.1") == true)
    #expect(server.requests.isEmpty)
    try add()
    let source = try #require(try test.workspace().configuration.sources.first)
    #expect(source.allow == ["127.0.0.1"])
    #expect(try sync().added == 2)
    let overview = try #require(try test.workspace().sourceOverviews().first)
    #expect(overview.kind == .web && overview.location == server.address + "/sitemap.xml")
  }

  @Test func watchingSeesWhatChanges() throws {
    try add()
    _ = try sync()
    let clock = Mutex(ContinuousClock().now)
    var watch = SourceWatch(try test.workspace()) { clock.withLock(\.self) }
    func changedLater() throws -> [String] {
      clock.withLock { $0 += SourceWatch.serverPause }
      return try watch.changed()
    }
    #expect(try watch.changed() == ["site"])
    #expect(try changedLater().isEmpty)
    site.put("/lynx.html", "<html><p>The lynx sleeps.</p></html>")
    let asked = server.requests.count
    #expect(try watch.changed().isEmpty)
    #expect(server.requests.count == asked, "a site is not asked at every look")
    #expect(try changedLater() == ["site"])
    _ = try sync()
    #expect(try changedLater().isEmpty)
  }

  @Test func aBackupBringsTheSourceAlong() throws {
    try add()
    _ = try sync()
    let file = test.folder.url.appendingPathComponent("backup.sqlite")
    try test.workspace().backup(to: file)
    try ConfigurationFile(url: test.configuration).remove(named: "site")
    let overviews = try test.workspace().restore(from: file, replacing: true)
    #expect(overviews.map(\.kind) == [.web])
    #expect(overviews.map(\.location) == [server.address + "/sitemap.xml"])
  }
}
