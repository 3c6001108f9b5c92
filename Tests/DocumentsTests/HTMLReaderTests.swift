import Documents
import Testing

@Suite("HTML")
struct HTMLReaderTests {
  private let page = """
    <!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Price
     list – Veldmark</title><style>p { }</style><meta name="author" content="Ilse B"></head>
    <body><nav><a href="/">Home</a></nav><header><p>Banner</p></header><main>
    <h1>Prices &amp; terms</h1>
    <p>Gauges cost <b>EUR&nbsp;3,480</b>.<br>Ask  for é.</p>
    <ul><li>one<li>two</ul><ol start=4><li>four</li></ol><pre>a
      b</pre>
    <table><caption>List</caption><tr><th>Code<th>Price</tr>
    <tr><td rowspan=2>TW-410<td>4,120<tr><td>9</table>
    <table><tr><th>Owner</th><td>Ilse</td></tr></table>
    <script>document.write("<p>no</p>")</script></main><footer>2031</footer></body></html>
    """

  @Test("Words stay, markup and page furniture go")
  func blocks() throws {
    let document = try extract(page, as: "p.html")
    #expect(document.title == "Price list – Veldmark")
    #expect(document.metadata == ["author": "Ilse B"])
    #expect(
      blockTexts(document) == [
        "Prices & terms", "Gauges cost EUR 3,480.\nAsk for é.", "- one", "- two", "4. four",
        "a\n  b", "List", "Code: TW-410 | Price: 4,120", "Code: TW-410 | Price: 9", "Owner: Ilse",
      ]
    )
    checkInvariants(document)
  }

  @Test("A block's origin covers its words in the file")
  func origins() throws {
    let bytes = Array(page.utf8)
    let document = try DocumentReader.extract(bytes, path: "p.html")
    for (block, word) in zip(document.blocks, ["Prices", "Gauges", "one", "two", "four", "b<"]) {
      guard case .bytes(let range) = block.origin else { continue }
      let around = max(0, range.lowerBound - 8)..<min(bytes.count, range.upperBound + 8)
      #expect(String(decoding: bytes[around], as: UTF8.self).contains(word))
      #expect(range.count < 120)
    }
  }

  @Test("A page that is one form, or all navigation, is read after all")
  func furnitureOnly() throws {
    let form = try extract("<html><form><p>The whole page.</p></form></html>", as: "f.html")
    #expect(form.text == "The whole page.")
    let nav = try extract("<html><nav><p>Contents</p></nav></html>", as: "n.html")
    #expect(nav.text == "Contents")
  }

  @Test("Tables that only arrange a page give plain words")
  func layout() throws {
    let document = try extract(
      "<html><table><tr><td><p>Left<table><tr><th>A<th>B<tr><td>1<td>2</table><td>Right</table>",
      as: "l.html"
    )
    #expect(document.text.contains("Left"))
    #expect(document.text.contains("Right"))
    #expect(!document.text.contains("column 1"))
  }

  @Test("Nesting without end is cut off", .timeLimit(.minutes(1)))
  func deep() throws {
    let document = try extract(
      "<html><p>Start</p>" + String(repeating: "<div>", count: 200_000) + "deep",
      as: "d.html"
    )
    #expect(document.text == "Start")
    #expect(!document.warnings.isEmpty)
  }
}
