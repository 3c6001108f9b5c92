import Documents
import Testing

/// Which servers are spoken to, wherever names and redirections lead.
@Suite struct WebGuardTests {
  private let web = ScriptedWeb()
  private let page = "https://docs.example/page"
  private let html = "<html><p>Reeds grow here.</p></html>"

  private func refusal(_ url: String? = nil, allow: [String] = []) throws -> DocumentError {
    let source = try web.source(url ?? page, allow: allow)
    return try #require(throws: DocumentError.self) { _ = try source.list() }
  }

  private func isRead(_ url: String? = nil, allow: [String] = []) throws -> Bool {
    try web.source(url ?? page, allow: allow).readAll().texts.values.contains {
      $0.contains("Reeds grow here.")
    }
  }

  @Test(arguments: [
    "http://127.0.0.1:8080/", "http://[::1]/", "http://10.0.0.7/", "http://169.254.169.254/latest",
    "http://[::ffff:192.168.0.1]/", "http://0.0.0.0/", "http://224.0.0.1/",
  ])
  func addressesThatAreNotPublicAreRefused(_ url: String) throws {
    #expect(try refusal(url).code == .noPermission)
    #expect(web.arrivals.isEmpty && web.robotsArrivals == 0)
  }

  @Test func oneBadAddressAmongGoodOnesIsEnough() throws {
    web.serve(page, html)
    web.resolve("docs.example", to: ["8.8.8.8", "2606:4700::1", "192.168.0.9"])
    let error = try refusal()
    #expect(error.code == .noPermission && error.message.contains("192.168.0.9"))
    #expect(error.remedy.contains("docs.example"))
    #expect(web.arrivals.isEmpty)
  }

  @Test func aHostCanBeAllowedByName() throws {
    web.serve(page, html)
    web.resolve("docs.example", to: ["10.1.2.3"])
    #expect(try isRead(allow: ["Docs.Example"]))
    #expect(try refusal(allow: ["other.example", "example"]).code == .noPermission)
    web.resolve("docs.example", to: ["224.0.0.5"])
    #expect(try refusal(allow: ["docs.example"]).code == .noPermission)
    web.serve("http://[::1]:81/x", html)
    #expect(try isRead("http://[::1]:81/x", allow: ["[0:0::1]"]))
  }

  /// The address that was checked is the one that is connected to.
  @Test func aNameThatIsBoundAnewGainsNothing() throws {
    web.serve(page, html)
    web.resolve("docs.example", to: ["8.8.4.4"], ["127.0.0.1"])
    #expect(try refusal().code == .noPermission)
    #expect(!web.arrivals.contains { $0.address == "127.0.0.1" })
    #expect(web.lookups.count == 2, "once for each request, none behind our back")
  }

  @Test func hostsNobodyKnows() throws {
    web.resolve("docs.example", to: [])
    #expect(try refusal().code == .inputOutput)
  }

  @Test(arguments: ["not a host", "http://x/", "host:80", "", "a/b"])
  func whatIsNoHostCannotBeAllowed(_ host: String) {
    #expect(throws: DocumentError.self) { try web.source(page, allow: [host]) }
  }

  @Test func aPasswordIsNotRepeated() throws {
    let error = try #require(throws: DocumentError.self) {
      try WebSource(url: "https://me:plover@docs.example/")
    }
    #expect(!"\(error)".contains("plover"))
  }

  // MARK: Redirections

  @Test func redirectionsAreFollowedByHand() throws {
    web.redirect(page, to: "/moved?to=1")
    web.redirect("https://docs.example/moved?to=1", to: "https://www.docs.example/new")
    web.serve("https://www.docs.example/new", html)
    #expect(try isRead())
    #expect(web.arrivals.count == 3)
    #expect(web.robotsArrivals == 2, "each host is asked what may be read")
  }

  @Test(arguments: [
    "http://127.0.0.1/admin", "https://[::1]/", "https://169.254.169.254/latest/meta-data",
    "https://inner.example/", "http://docs.example/page", "file:///etc/passwd",
    "ftp://docs.example/", "https://me:word@docs.example/", "https://docs.example/page",
    "/forbidden", "//inner.example/", "https://docs.example/\u{1}",
  ])
  func redirectionsToWhereNobodyShouldGo(_ place: String) throws {
    web.resolve("inner.example", to: ["8.8.8.8", "10.0.0.1"])
    web.serve("https://docs.example/robots.txt", "User-agent: attune\nDisallow: /forbidden")
    for url in ["http://127.0.0.1/admin", "https://[::1]/", "https://inner.example/"] {
      web.serve(url, html)
    }
    web.serve("https://docs.example/forbidden", html)
    web.serve("http://docs.example/page", html)
    web.redirect(page, to: place)
    let error = try refusal()
    #expect(error.code == .noPermission || error.code == .disallowed, "\(error)")
    #expect(web.arrivals.map(\.url) == [page])
  }

  @Test func circlesAndLongWays() throws {
    web.redirect(page, to: "/b")
    web.redirect("https://docs.example/b", to: "/page")
    #expect(try refusal().message.contains("circle"))
    for step in 0..<9 { web.redirect("https://docs.example/\(step)", to: "/\(step + 1)") }
    web.serve("https://docs.example/9", html)
    #expect(try refusal("https://docs.example/3").message.contains("more than 5"))
    #expect(try isRead("https://docs.example/4"))
  }

  /// `robots.txt` may be elsewhere, but not in places that are not spoken to.
  @Test func robotsAreGuardedToo() throws {
    web.serve(page, html)
    web.redirect("https://docs.example/robots.txt", to: "http://10.0.0.1/robots.txt")
    #expect(try refusal().code == .inputOutput)
    web.redirect("https://docs.example/robots.txt", to: "https://10.0.0.1/robots.txt")
    #expect(try refusal().code == .noPermission)
    #expect(web.arrivals.isEmpty)
  }

  // MARK: Trouble

  @Test func anotherAddressIsTriedWhereOneCannotBeReached() throws {
    web.answer(page, .failure(.unreachable("refused")))
    web.resolve("docs.example", to: ["8.8.8.8", "8.8.4.4"])
    #expect(try refusal().code == .inputOutput)
    #expect(web.arrivals.map(\.address) == ["8.8.8.8", "8.8.4.4"])
  }

  @Test(arguments: [
    WebFault.Reason.timedOut("idle"), .unreachable("refused"), .untrusted("expired"),
    .interrupted("reset"),
  ])
  func aHostInTroubleIsLeftAlone(_ reason: WebFault.Reason) throws {
    let urls = (0..<20).map { "https://docs.example/\($0)" }
    web.serve("https://docs.example/map.xml", SitemapTests.sitemap(urls))
    for url in urls { web.answer(url, .failure(reason)) }
    let all = try web.source("https://docs.example/map.xml").readAll()
    #expect(all.failures.count == 20 && all.failures.allSatisfy { $0.code == .inputOutput })
    #expect(web.arrivals.count == 1 + WebLimits().failures)
  }
}
