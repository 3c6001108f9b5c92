import Documents
import Testing

@Suite("Main content of web pages")
struct HTMLMainContentTests {
  @Test("Menus, banners, sidebars and runs of links go; tables and lists of the text stay")
  func furniture() throws {
    let links = (1...8).map { "<li><a href='/\($0)'>Topic \($0)</a></li>" }.joined()
    let words = String(
      repeating: "The gauge is calibrated twice a year by the workshop. ",
      count: 20
    )
    let page = """
      <html lang="en"><body><div class="site-menu"><ul>\(links)</ul></div>
      <div id="cookieBanner">We use cookies.</div>
      <div class="content"><h1>Gauges</h1><p>\(words)</p>
      <ul><li>First point</li><li>Second point</li></ul>
      <table><tr><th>Code</th><th>Price</th></tr><tr><td>TW-410</td><td>9</td></tr></table></div>
      <div class="box"><ul>\(links)</ul></div><div class="related">Read this too.</div>
      </body></html>
      """
    let document = try extract(page, as: "p.html")
    let texts = blockTexts(document)
    #expect(texts.count == 5)
    #expect(texts.first == "Gauges")
    #expect(texts.suffix(3) == ["- First point", "- Second point", "Code: TW-410 | Price: 9"])
    #expect(document.metadata["language"] == "en")
  }

  @Test("A page of nothing but links, or one that calls itself a sidebar, is still read")
  func nothingElse() throws {
    let links = (1...8).map { "<li><a href='/\($0)'>Topic \($0)</a></li>" }.joined()
    #expect(try extract("<html><ul>\(links)</ul></html>", as: "l.html").blocks.count == 8)
    let text = try extract(
      "<html><div class='sidebar'><p>All of it.</p></div></html>",
      as: "s.html"
    )
    #expect(text.text == "All of it.")
  }
}
