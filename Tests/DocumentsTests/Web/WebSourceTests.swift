import Documents
import Testing

/// What becomes of pages: how they are read, and what a server's answers mean.
@Suite struct WebSourceTests {
  private let web = ScriptedWeb()
  private let page = "https://docs.example/handbook.html"

  private static func html(_ text: String) -> String {
    "<!doctype html><html lang=\"en\"><title>Handbook</title><nav>Home News</nav>"
      + "<main><h1>Mooring</h1><p>\(text)</p></main></html>"
  }

  private func failure(
    _ url: String? = nil,
    allow: [String] = [],
    known: [String: KnownPage] = [:],
    maximumBytes: Int = 1 << 20
  ) throws -> DocumentError {
    let source = try web.source(
      url ?? page,
      allow: allow,
      known: known,
      maximumBytes: maximumBytes
    )
    return try #require(throws: DocumentError.self) { _ = try source.list() }
  }

  // MARK: Reading

  @Test func aPageIsReadLikeAFile() throws {
    web.serve(
      page,
      Self.html("The fee is ninety crowns."),
      [
        "content-type": "text/html; charset=utf-8", "etag": "\"v 1\"",
        "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT",
      ]
    )
    let source = try web.source(page)
    let item = try #require(try source.list().items.first)
    #expect(item.path == "handbook.html")
    let content = try source.read(item)
    let document = try content.extract()
    #expect(document.title == "Handbook")
    #expect(document.text.contains("ninety crowns") && !document.text.contains("News"))
    #expect(document.metadata["language"] == "en" && document.metadata["url"] == page)
    #expect(content.item?.modified == 784_111_777)
    #expect(web.arrivals.count == 1, "listing and reading share the answer")
    #expect(web.arrivals.first?.headers["user-agent"] == "attune")
  }

  @Test(arguments: [
    ("text/html", "/", "<p>Gr\u{E4}ser</p>", "Gr\u{E4}ser"),
    ("text/html", "/about", "<p>Reeds</p>", "Reeds"),
    ("text/plain", "/notes", "Reeds <b>", "Reeds <b>"),
    ("application/json", "/api?format=1.2", "{\"reed\": \"tall\"}", "tall"),
    ("text/csv", "/export.php?id=3", "plant,height\nreed,2\n", "reed"),
    ("application/octet-stream", "/plants.csv?v=1.0", "plant,height\nreed,2\n", "reed"),
  ])
  func theHeaderHelpsToFindTheReader(
    _ type: String,
    _ target: String,
    _ body: String,
    _ expected: String
  ) throws {
    let url = "https://docs.example" + target
    web.serve(url, body, ["content-type": type])
    let text = try #require(try web.source(url).readAll().texts.first?.value)
    #expect(text.contains(expected) && !text.contains("<p>"))
  }

  /// The page's own word counts more than the server's.
  @Test func theHeaderNamesTheEncodingWhereThePageDoesNot() throws {
    let cyrillic: [UInt8] = [0xD0, 0xE5, 0xEA, 0xE0]
    let html = { (head: String) in
      Array("<html><head>\(head)</head><body><p>".utf8) + cyrillic + Array("</p></html>".utf8)
    }
    let type = ["content-type": "text/html; charset=windows-1251"]
    web.serve(page, html(""), type)
    #expect(try web.source(page).readAll().texts.first?.value.contains("Река") == true)
    web.serve(page, html("<meta charset=\"windows-1252\">"), type)
    #expect(try web.source(page).readAll().texts.first?.value.contains("Ðåêà") == true)
  }

  // MARK: What is known

  @Test(arguments: [
    ["etag": "W/\"a b%20-\""], ["last-modified": "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["etag": "-"],
  ])
  func aPageThatIsAsItWasIsNotSentAgain(_ headers: [String: String]) throws {
    web.serve(page, Self.html("One."), headers)
    let known = try web.source(page).readAll().known
    web.forget()
    let source = try web.source(page, known: known)
    let item = try #require(try source.list().items.first)
    let content = try source.read(item)
    #expect(content.hash == known["handbook.html"]?.contentHash)
    #expect("\(content.item?.fingerprint ?? "") reader 2" == known["handbook.html"]?.fingerprint)
    #expect(web.arrivals.count == 1)
    let sent = web.arrivals.first?.headers
    #expect(sent?["if-none-match"] == headers["etag"])
    #expect(sent?["if-modified-since"] == headers["last-modified"])
    // Better readers want to see it all the same.
    #expect(try content.extract().text.contains("One."))
    #expect(web.arrivals.last?.headers["if-none-match"] == nil)
  }

  @Test func aPageThatChangedIsReadAgain() throws {
    web.serve(page, Self.html("One."), ["etag": "\"1\""])
    let known = try web.source(page).readAll().known
    web.serve(page, Self.html("Two."), ["etag": "\"2\""])
    let again = try web.source(page, known: known).readAll()
    #expect(again.texts["handbook.html"]?.contains("Two.") == true)
    #expect(again.known["handbook.html"]?.contentHash != known["handbook.html"]?.contentHash)
  }

  /// Without a mark of the server's, equal content is told by its hash.
  @Test func aServerWithoutMarks() throws {
    web.serve(page, Self.html("One."))
    let known = try web.source(page).readAll().known
    let again = try web.source(page, known: known).readAll().known
    #expect(known == again && web.arrivals.count == 2)
  }

  @Test func headersOfTheServerCannotBecomeHeadersOfOurs() throws {
    web.serve(page, Self.html("One."), ["etag": "\"1\"\r\nx-evil: 1", "last-modified": "\u{7}"])
    let known = try web.source(page).readAll().known
    web.forget()
    _ = try web.source(page, known: known).readAll()
    #expect(web.arrivals.first?.headers.keys.contains { $0.hasPrefix("if-") } == false)
  }

  @Test(arguments: [404, 410])
  func aPageThatIsGone(_ status: Int) throws {
    web.serve(page, Self.html("One."))
    let known = try web.source(page).readAll().known
    web.status(page, status)
    let again = try web.source(page, known: known).readAll()
    #expect(again.failures.map(\.code) == [.notFound] && again.known.isEmpty)
    #expect(try failure().code == .notFound, "what never was there cannot be listed")
  }

  @Test(arguments: [
    (500, DocumentError.Code.inputOutput), (503, .inputOutput), (429, .inputOutput),
    (401, .noPermission), (403, .noPermission), (418, .inputOutput), (204, .malformed),
    (304, .malformed), (301, .malformed),
  ])
  func aServerThatRefusesOrFails(_ status: Int, _ code: DocumentError.Code) throws {
    web.status(page, status)
    let error = try failure()
    #expect(error.code == code && !error.remedy.isEmpty)
  }

  @Test func aLookTellsWhetherAnythingChanged() throws {
    web.serve(page, Self.html("One."), ["etag": "\"1\""])
    let known = try web.source(page).readAll().known
    let first = try web.source(page, known: known).look().digest
    #expect(try web.source(page, known: known).look().digest == first)
    web.serve(page, Self.html("Two."), ["etag": "\"2\""])
    let second = try web.source(page, known: known).look().digest
    #expect(second != first)
    let later = try web.source(page, known: known).readAll().known
    #expect(try web.source(page, known: later).look().digest == second)
  }

  // MARK: Limits

  @Test func pagesHaveALimitPackedAndUnpacked() throws {
    web.serve(page, String(repeating: "a", count: 20_000))
    #expect(try failure(maximumBytes: 10_000).code == .tooLarge)
    let bomb = GzipBuilder.bomb(repeats: 10_000)
    #expect(bomb.count < 20_000)
    web.serve(page, bomb, ["content-encoding": "gzip"])
    #expect(try failure(maximumBytes: 1 << 20).code == .tooLarge)
  }

  @Test func packedPagesAreUnpacked() throws {
    let bytes = GzipBuilder.stored(Array(Self.html("Packed well.").utf8))
    web.serve(page, bytes, ["content-encoding": "GZip"])
    #expect(try web.source(page).readAll().texts.first?.value.contains("Packed well.") == true)
    web.serve(page, Array(bytes.dropLast(60)), ["content-encoding": "gzip"])
    #expect(try failure().code == .inputOutput)
    web.serve(page, bytes, ["content-encoding": "br"])
    #expect(try failure().code == .malformed)
  }

  // MARK: robots.txt

  @Test func whatRobotsForbidIsNotAskedFor() throws {
    web.serve("https://docs.example/robots.txt", "User-agent: *\nDisallow: /handbook")
    #expect(try failure().code == .disallowed)
    #expect(web.arrivals.isEmpty)
    web.serve("https://docs.example/robots.txt", "User-agent: *\nDisallow: /other")
    web.serve(page, Self.html("One."))
    #expect(try web.source(page).readAll().texts.count == 1)
  }

  @Test(arguments: [500, 503, 429])
  func robotsThatCannotBeReadForbidEverything(_ status: Int) throws {
    web.status("https://docs.example/robots.txt", status)
    web.serve(page, Self.html("One."))
    #expect(try failure().code == .inputOutput)
    #expect(web.arrivals.isEmpty)
  }

  @Test(arguments: [400, 401, 403, 404, 410])
  func withoutRobotsEverythingMayBeRead(_ status: Int) throws {
    web.status("https://docs.example/robots.txt", status)
    web.serve(page, Self.html("One."))
    #expect(try web.source(page).readAll().texts.count == 1)
    #expect(web.robotsArrivals == 1)
  }
}
