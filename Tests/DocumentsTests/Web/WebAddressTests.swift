import Documents
import TestSupport
import Testing

/// Which addresses are spoken to, and how pages are named.
@Suite struct WebAddressTests {
  @Test(arguments: [
    "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
    "192.167.1.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
  ])
  func publicAddressesReachEverywhere(_ text: String) throws {
    #expect(try #require(IPAddress(text)).reach == .everywhere)
  }

  @Test(arguments: [
    "127.0.0.1", "127.255.0.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "100.127.255.254", "169.254.169.254", "198.18.0.1", "192.0.2.1", "203.0.113.9",
    "::1", "fc00::1", "fd12:3456::1", "fe80::1", "febf::1", "fec0::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:c0a8:1::",
    "4000::1", "100::1",
  ])
  func addressesThatAreNotPublicAreLocal(_ text: String) throws {
    #expect(try #require(IPAddress(text)).reach == .local)
  }

  @Test(arguments: [
    "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::",
    "ff02::1", "::ffff:0.0.0.0", "::ffff:224.0.0.1", "2001::1", "64:ff9b::e000:1",
  ])
  func groupsAndNoAddressReachNobody(_ text: String) throws {
    #expect(try #require(IPAddress(text)).reach == .nobody)
  }

  /// Whatever version 4 address is wrapped, it reaches as far as it does unwrapped.
  @Test func wrappedAddressesReachAsFarAsTheirContent() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<2_000 {
      let parts = (0..<4).map { _ in Int.random(in: 0...255, using: &random) }
      let text = parts.map(String.init).joined(separator: ".")
      let plain = try #require(IPAddress(text))
      #expect(plain.description == text)
      for wrapped in ["::ffff:\(text)", "64:ff9b::\(text)"] {
        #expect(try #require(IPAddress(wrapped)).reach == plain.reach, "\(wrapped)")
      }
    }
  }

  @Test(arguments: [
    ("HTTP://Docs.Example", "http://docs.example/"),
    ("https://docs.example:443/a/../b/./c", "https://docs.example/b/c"),
    ("http://docs.example:8080?x=1#top", "http://docs.example:8080/?x=1"),
    (" https://docs.example/a b\u{E9}.html ", "https://docs.example/a%20b%C3%A9.html"),
    ("https://docs.example/%7Euser/%2f%3f?q=%41|", "https://docs.example/~user/%2F%3F?q=A%7C"),
    ("https://docs.example/100%", "https://docs.example/100%25"),
    ("http://[::1]:81/x", "http://[::1]:81/x"),
    ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
    ("https://docs.example/../../etc/passwd", "https://docs.example/etc/passwd"),
    ("https://docs.example/%2e%2e/x", "https://docs.example/x"),
  ])
  func addressesHaveOneForm(_ text: String, _ form: String) throws {
    let url = try WebURL(text)
    #expect(url.description == form)
    #expect(try WebURL(form) == url)
  }

  @Test(arguments: [
    "", "docs.example", "ftp://docs.example/", "file:///etc/passwd", "javascript:alert(1)",
    "http://", "http:///x", "http://user@docs.example/", "http://user:word@docs.example/",
    "http://docs.example:99999/", "http://docs.example:0/", "http://docs.example:8a/",
    "http://docs.example\\@evil.example/", "http://docs exam.ple/", "http://d\u{F6}cs.example/",
    "http://docs.example/\u{1}", "http://docs.example/a\nb", "http://docs.example/\u{85}",
    "http://[::1/", "http://::1/", "http://[docs]/", "http://..example/", "http://a..b/",
    "http://docs%2eexample/", "http://docs.example/" + String(repeating: "a", count: 9_000),
  ])
  func whatIsNoAddressIsRefused(_ text: String) {
    #expect(throws: WebURL.Fault.self) { try WebURL(text) }
  }

  @Test(
    arguments: [
      ("next.html", "https://docs.example/a/next.html"), ("../up", "https://docs.example/up"),
      ("/root?y=2", "https://docs.example/root?y=2"), ("?z", "https://docs.example/a/b?z"),
      ("//other.example/x", "https://other.example/x"), ("#part", "https://docs.example/a/b?q=/1"),
      ("http://docs.example/", "http://docs.example/"), ("a:b", nil), ("//user@x/", nil),
    ] as [(String, String?)]
  )
  func referencesAreResolved(_ reference: String, _ expected: String?) throws {
    let base = try WebURL("https://docs.example/a/b?q=/1")
    #expect((try? base.resolving(reference))?.description == expected)
  }

  @Test(arguments: [
    ("https://docs.example/", "/"), ("https://docs.example/handbook.html", "handbook.html"),
    ("https://docs.example/%C3%BCber%20uns/?seite=2", "über uns/?seite=2"),
    ("https://docs.example/a%2Fb%23c%25", "a%2Fb%23c%25"),
    ("https://docs.example/x%E2%80%AEy%00z", "x%E2%80%AEy%00z"),
  ])
  func documentPathsCanBeRead(_ address: String, _ path: String) throws {
    let url = try WebURL(address)
    #expect(url.documentPath == path)
    #expect(url.with(documentPath: path) == url)
    #expect(WebSource.pageURL(ofDocument: path, in: "https://docs.example/map.xml") == address)
  }

  /// No document's name leads to another page than the one it was made of.
  @Test func documentPathsLeadBack() throws {
    var random = SplitMix64(seed: 6)
    let pieces = [
      "a", "/", "?", "%", "%41", "%2f", "%C3%A9", "%c3", "%E2%82%AC", "%F0%9F%99%82", "\u{E9}", " ",
      "%20", "%23", "%25", "&", "=", "[", "|", "..", ".", "%0A", "%E2%80%8B", "%ED%A0%80",
      "\u{20AC}",
    ]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0...8, using: &random))
        .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
      let url = try WebURL("https://docs.example/x" + text)
      let path = url.documentPath
      #expect(url.with(documentPath: path) == url, "\(text)")
      #expect(try WebURL(url.description) == url, "\(text)")
      #expect(!path.contains("#") && !path.unicodeScalars.contains { $0.value < 0x20 }, "\(text)")
    }
  }
}
