import Documents
import TestSupport
import Testing

/// What `robots.txt` lets Attune read.
@Suite struct RobotsRulesTests {
  private func allows(_ file: String, _ target: String) -> Bool {
    RobotsRules(Array(file.utf8)).allow(target)
  }

  @Test(arguments: [
    ("", "/a", true),
    ("User-agent: *\nDisallow: /", "/a", false),
    ("User-agent: *\nDisallow: /", "/robots.txt", true),
    ("User-agent: *\nDisallow:", "/a", true),
    ("user-agent:*\r\nDISALLOW : /private # not for you\r\n", "/private/x", false),
    ("User-agent: *\nDisallow: /private", "/public", true),
    ("User-agent: other\nDisallow: /", "/a", true),
    ("User-agent: Attune/1.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", false),
    ("User-agent: Attune/1.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", true),
    ("User-agent: attune\nDisallow: /a\nUser-agent: attune\nDisallow: /b", "/b", false),
    ("User-agent: attune-other\nDisallow: /", "/a", true),
    ("User-agent: other\nUser-agent: attune\nDisallow: /a", "/a", false),
    ("User-agent: attune\nUser-agent: *\nDisallow: /a", "/a", false),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", true),
    ("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", false),
    ("User-agent: *\nAllow: /$\nDisallow: /", "/", true),
    ("User-agent: *\nAllow: /$\nDisallow: /", "/page.htm", false),
    ("User-agent: *\nDisallow: /*.pdf$", "/docs/x.pdf", false),
    ("User-agent: *\nDisallow: /*.pdf$", "/docs/x.pdf?v=1", true),
    ("User-agent: *\nDisallow: /*?print=", "/a?print=1", false),
    ("User-agent: *\nDisallow: /\u{FC}ber", "/%C3%BCber", false),
    ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd.html", false),
    ("\u{FEFF}User-agent: *\nDisallow: /", "/a", false),
    ("Disallow: /", "/a", true),
    ("<html>not found</html>", "/a", true),
  ])
  func table(_ file: String, _ target: String, _ expected: Bool) {
    #expect(allows(file, target) == expected)
  }

  /// Against a matcher that tries everything.
  @Test func patternsMatchAsTheStandardSays() {
    func matches(_ pattern: ArraySlice<Character>, _ path: ArraySlice<Character>) -> Bool {
      guard let first = pattern.first else { return true }
      if first == "$", pattern.count == 1 { return path.isEmpty }
      if first == "*" {
        return (path.startIndex...path.endIndex).contains {
          matches(pattern.dropFirst(), path[$0...])
        }
      }
      return path.first == first && matches(pattern.dropFirst(), path.dropFirst())
    }
    var random = SplitMix64(seed: 7)
    for _ in 0..<5_000 {
      func text(_ letters: String) -> String {
        let letters = Array(letters)
        return String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
          }
        )
      }
      let end = Bool.random(using: &random) ? "$" : ""
      let (pattern, path) = ("/" + text("ab/**") + end, "/" + text("ab/"))
      let expected = matches(Array(pattern)[...], Array(path)[...])
      let isAllowed = allows("User-agent: *\nDisallow: \(pattern)", path)
      #expect(isAllowed == !expected, "\(pattern) \(path)")
    }
  }

  @Test func aPatternMadeToTakeLongDoesNot() {
    let pattern = "/" + String(repeating: "*a", count: 2_000) + "b"
    let path = "/" + String(repeating: "a", count: 8_000)
    #expect(allows("User-agent: *\nDisallow: \(pattern)", path))
  }
}
