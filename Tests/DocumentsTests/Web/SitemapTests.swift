import Documents
import TestSupport
import Testing

/// Sitemaps, and what becomes of the pages that they name.
@Suite struct SitemapTests {
  private let web = ScriptedWeb()
  private let map = "https://docs.example/sitemap.xml"

  static func sitemap(_ urls: [String]) -> String {
    let entries = urls.map { "<url><loc>\($0)</loc><priority>1</priority></url>" }.joined()
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
      + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\(entries)</urlset>"
  }

  static func index(_ urls: [String]) -> String {
    "<sitemapindex>" + urls.map { "<sitemap><loc> \($0)\n</loc></sitemap>" }.joined()
      + "</sitemapindex>"
  }

  private func serve(_ pages: String...) {
    for page in pages {
      web.serve("https://docs.example/\(page)", "<html><p>About \(page).</p></html>")
    }
  }

  private func paths(_ limits: WebLimits = WebLimits()) throws -> [String] {
    try web.source(map, limits: limits).list().items.map(\.path)
  }

  @Test func thePagesOfASitemap() throws {
    serve("a", "b?x=1&y=2", "c")
    web.serve(
      map,
      Self.sitemap([
        "https://docs.example/c", "https://docs.example/b?x=1&amp;y=2", "https://docs.example/a",
        "https://docs.example/a#part", "http://docs.example/c",
      ])
    )
    let all = try web.source(map).readAll()
    #expect(all.texts.keys.sorted() == ["a", "b?x=1&y=2", "c"] && all.failures.isEmpty)
    #expect(all.texts["c"] == "About c.")
    #expect(!web.arrivals.contains { $0.url.hasPrefix("http:") }, "never less protected")
  }

  @Test func whatLeadsElsewhereIsListedAsSkipped() throws {
    web.serve(
      map,
      Self.sitemap([
        "https://docs.example/a", "https://other.example/b", "https://docs.example:444/c",
        "ftp://docs.example/d", "e",
        "https://user:word@docs.example/",
      ])
    )
    let listing = try web.source(map).list()
    #expect(listing.items.map(\.path) == ["a"])
    #expect(listing.skipped.count == 5 && listing.failures.isEmpty)
  }

  @Test func aControlCharacterIsDamageAndGoesNoFurther() throws {
    web.serve(
      map,
      Self.sitemap(["https://docs.example/a", "https://docs.example/e\u{1}f"])
    )
    let listing = try web.source(map).list()
    #expect(listing.items.contains { $0.path == "a" })
    #expect(listing.failures.first?.message.contains("damaged") == true)
    let shown = listing.items.map(\.path) + (listing.skipped + listing.failures).map(\.message)
    #expect(!shown.contains { $0.contains("\u{1}") })
  }

  @Test func indexesPackedAndPlain() throws {
    serve("a", "b")
    web.serve(
      map,
      Self.index([
        "https://docs.example/1.xml", "https://docs.example/2.xml.gz", map,
        "https://other.example/3.xml",
      ])
    )
    web.serve("https://docs.example/1.xml", Self.sitemap(["https://docs.example/a"]))
    web.serve(
      "https://docs.example/2.xml.gz",
      GzipBuilder.stored(Array(Self.sitemap(["https://docs.example/b"]).utf8)),
      ["content-type": "application/x-gzip"]
    )
    let all = try web.source(map).readAll()
    #expect(all.texts.keys.sorted() == ["a", "b"])
    #expect(all.skipped.map(\.subject) == ["https://other.example/3.xml"])
    #expect(web.arrivals.count { $0.url == map } == 1)
  }

  @Test func prefixesAndOtherLocationsWithin() throws {
    web.serve(
      map,
      """
      <s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
      <s:url><s:loc>https://docs.example/a</s:loc><image:image>
      <image:loc>https://docs.example/a.png</image:loc></image:image></s:url></s:urlset>
      """
    )
    #expect(try paths() == ["a"])
  }

  @Test func limitsOfPagesAndNesting() throws {
    var limits = WebLimits()
    limits.pages = 3
    limits.sitemaps = 2
    let pages = (0..<10).map { "https://docs.example/p\($0)" }
    web.serve(map, Self.sitemap(pages))
    let listing = try web.source(map, limits: limits).list()
    #expect(listing.items.count == 3 && !listing.skipped.isEmpty)
    for depth in 0..<9 {
      web.serve(
        "https://docs.example/\(depth).xml",
        Self.index(["https://docs.example/\(depth + 1).xml"])
      )
    }
    web.forget()
    web.serve(map, Self.index(["https://docs.example/0.xml"]))
    #expect(throws: DocumentError.self) { try paths() }
    #expect(web.arrivals.count <= 4)
  }

  @Test func entitiesDoNotExpand() throws {
    var file = "<!DOCTYPE x [<!ENTITY a0 \"https://docs.example/ha\">"
    for level in 1...30 {
      file += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);&a\(level - 1);\">"
    }
    file += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><urlset>"
    file += "<url><loc>&a30;</loc></url><url><loc>https://docs.example/&file;</loc></url>"
    web.serve(map, file + "<url><loc>https://docs.example/a</loc></url></urlset>")
    let listing = try web.source(map).list()
    #expect(!listing.items.contains { $0.path.contains("root") || $0.path.contains("haha") })
    #expect(web.arrivals.count == 1)
  }

  // MARK: Keeping in step

  private func known(_ pages: [String]) throws -> [String: KnownPage] {
    for page in pages { serve(page) }
    web.serve(map, Self.sitemap(pages.map { "https://docs.example/\($0)" }))
    return try web.source(map).readAll().known
  }

  @Test func aPageThatIsNotNamedAnyMoreIsGone() throws {
    let known = try known(["a", "b"])
    web.serve(map, Self.sitemap(["https://docs.example/b"]))
    #expect(try web.source(map, known: known).list().items.map(\.path) == ["b"])
  }

  /// Where a part of the sitemap cannot be read, nobody can tell what it named.
  @Test func pagesOfAPartThatCannotBeReadAreAskedForThemselves() throws {
    let known = try known(["a", "b", "c"])
    web.serve(map, Self.index(["https://docs.example/1.xml", "https://docs.example/2.xml"]))
    web.serve("https://docs.example/1.xml", Self.sitemap(["https://docs.example/c"]))
    web.status("https://docs.example/2.xml", 500)
    web.status("https://docs.example/b", 404)
    let all = try web.source(map, known: known).readAll()
    #expect(all.known.keys.sorted() == ["a", "c"])
    #expect(
      all.failures.map(\.code).sorted { $0.rawValue < $1.rawValue } == [.inputOutput, .notFound]
    )
  }

  @Test func aDamagedSitemapCostsNothing() throws {
    let known = try known(["a", "b", "c"])
    let whole = Self.sitemap(["https://docs.example/a", "https://docs.example/b"])
    for length in [whole.utf8.count - 3, whole.utf8.count - 60] {
      web.serve(map, String(whole.prefix(length)))
      let listing = try web.source(map, known: known).list()
      #expect(listing.items.map(\.path) == ["a", "b", "c"])
      #expect(listing.failures.map(\.code) == [.malformed])
    }
  }

  @Test(arguments: ["", "<urlset/>", "<html><p>Please log in.</p></html>", "plain words"])
  func aSitemapThatIsNoneAnyMoreCostsNothing(_ body: String) throws {
    let known = try known(["a", "b"])
    web.serve(map, body)
    let source = try web.source(map, known: known)
    #expect(throws: DocumentError.self) { try source.list() }
    web.status(map, 404)
    #expect(throws: DocumentError.self) { try web.source(map, known: known).list() }
  }

  @Test func onePageDoesNotHoldUpTheOthers() throws {
    let known = try known(["a", "b", "c"])
    web.serve("https://docs.example/robots.txt", "User-agent: *\nDisallow: /c")
    web.status("https://docs.example/b", 500)
    let all = try web.source(map, known: known).readAll()
    #expect(all.texts.keys.sorted() == ["a"])
    #expect(all.failures.map(\.code) == [.inputOutput, .disallowed])
    #expect(all.failures.map(\.subject) == ["b", "c"])
  }

  /// Whatever a server sends, reading ends without a crash.
  @Test func anyBytes() throws {
    var random = SplitMix64(seed: 8)
    let whole = Array(Self.index(["https://docs.example/1.xml"]).utf8)
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
      }
      web.serve(map, bytes)
      _ = try? web.source(map).readAll()
    }
  }
}
