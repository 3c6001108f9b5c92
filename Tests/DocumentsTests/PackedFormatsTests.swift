import Documents
import Testing

@Suite("XML, OpenDocument, EPUB and PowerPoint")
struct PackedFormatsTests {
  @Test("A feed reads as entries under their titles, its HTML as text")
  func feed() throws {
    let document = try extract(
      """
      <?xml version="1.0" encoding="UTF-8"?><rss><channel><title>News</title><item>
      <title>First</title><description><![CDATA[<p>One <b>two</b>.</p>]]></description></item>
      </channel></rss>
      """,
      as: "f.rss"
    )
    #expect(document.title == "News")
    #expect(blockTexts(document) == ["News", "First", "One two."])
    checkInvariants(document)
  }

  @Test("Records become rows; broken XML is read as far as it goes")
  func records() throws {
    let document = try extract(
      "<list><row><id>1</id><name>A &amp; B</name></row><row><id>2</id><name>C</name></row>"
        + "<p>Mixed <b>words</b> stay together.</p><q>cut",
      as: "r.xml"
    )
    #expect(
      blockTexts(document) == [
        "row | id: 1 | name: A & B", "row | id: 2 | name: C", "Mixed words stay together.", "cut",
      ]
    )
    #expect(document.warnings.count == 1)
    #expect(document.blocks[1].origin == .elements(part: "r.xml", 5...7))
  }

  @Test("Nesting without end, and entities that expand, do no harm")
  func hostileXML() throws {
    let deep = "<a>Start" + String(repeating: "<b>", count: 100_000)
    #expect(try extract(deep, as: "d.xml").warnings.count == 1)
    var bomb = "<!DOCTYPE x [<!ENTITY a0 \"ha\">"
    for level in 1...20 {
      bomb += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);&a\(level - 1);\">"
    }
    let document = try extract(bomb + "]><x>before &a20; after</x>", as: "b.xml")
    #expect(document.text.utf8.count < 100)
  }

  @Test("OpenDocument texts and sheets")
  func openDocument() throws {
    let names = ["office", "text", "table"].map {
      "xmlns:\($0)='urn:oasis:names:tc:opendocument:xmlns:\($0):1.0'"
    }
    func file(_ body: String) -> [UInt8] {
      ZipBuilder.archive([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
          "content.xml",
          "<office:document-content \(names.joined(separator: " "))><office:body>\(body)"
            + "</office:body></office:document-content>"
        ),
      ])
    }
    let text = file(
      """
      <office:text><text:h text:outline-level='2'>Part</text:h><text:p>a<text:s text:c='2'/>b</text:p>
      <text:list><text:list-item><text:p>item</text:p></text:list-item></text:list></office:text>
      """
    )
    #expect(
      blockTexts(try DocumentReader.extract(text, path: "t.odt")) == ["Part", "a  b", "- item"]
    )
    func cell(_ text: String, _ kind: String = "string") -> String {
      "<table:table-cell office:value-type='\(kind)'><text:p>\(text)</text:p></table:table-cell>"
    }
    let sheet = file(
      """
      <office:spreadsheet><table:table table:name='S'><table:table-row>\(cell("A"))\(cell("B"))
      <table:table-cell table:number-columns-repeated='16382'/></table:table-row><table:table-row>
      \(cell("x"))\(cell("1,5", "float"))</table:table-row>
      <table:table-row table:number-rows-repeated='1048574'><table:table-cell/></table:table-row>
      </table:table></office:spreadsheet>
      """
    )
    let document = try DocumentReader.extract(sheet, path: "s.ods")
    #expect(blockTexts(document) == ["S", "A | B", "A: x | B: 1,5"])
    #expect(document.table?.rowCount == 1)
  }

  @Test("A book's chapters come in the order of its spine")
  func book() throws {
    let bytes = ZipBuilder.archive([
      ("mimetype", "application/epub+zip"),
      (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='o/c.opf'/></rootfiles></container>"
      ),
      (
        "o/c.opf",
        """
        <package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Book</dc:title>
        <dc:creator>Ilse</dc:creator></metadata><manifest><item id='1' href='a.xhtml'/>
        <item id='2' href='b%20c.xhtml'/></manifest><spine><itemref idref='2'/><itemref idref='1'/>
        </spine></package>
        """
      ),
      ("o/a.xhtml", "<html><body><h1>Two</h1></body></html>"),
      ("o/b c.xhtml", "<html><body><h1>One</h1><p>Text.</p></body></html>"),
    ])
    let document = try DocumentReader.extract(bytes, path: "b.epub")
    #expect(document.title == "Book")
    #expect(document.metadata["author"] == "Ilse")
    #expect(blockTexts(document) == ["One", "Text.", "Two"])
    #expect(document.blocks[1].origin == .elements(part: "o/b c.xhtml", 2...2))
  }

  @Test("A slide is its title, what stands on it, and its box on the page")
  func slide() throws {
    let names = """
      xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' \
      xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
      xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'
      """
    func shape(_ kind: String, _ text: String, top: Int) -> String {
      """
      <p:sp><p:nvSpPr><p:nvPr>\(kind)</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='12700' y='\(top)'/>
      <a:ext cx='127000' cy='12700'/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p>
      </p:txBody></p:sp>
      """
    }
    let tree =
      shape("", "Below", top: 50_800) + shape("", "Above", top: 25_400)
      + shape("<p:ph type='sldNum'/>", "7", top: 0) + shape("<p:ph type='title'/>", "Title", top: 0)
    let bytes = ZipBuilder.archive([
      ("_rels/.rels", OfficeFiles.relationships([("a", "officeDocument", "ppt/presentation.xml")])),
      (
        "ppt/presentation.xml",
        "<p:presentation \(names)><p:sldIdLst><p:sldId r:id='s'/></p:sldIdLst></p:presentation>"
      ),
      (
        "ppt/_rels/presentation.xml.rels",
        OfficeFiles.relationships([("s", "slide", "slides/slide1.xml")])
      ),
      (
        "ppt/slides/slide1.xml",
        "<p:sld \(names)><p:cSld><p:spTree>\(tree)</p:spTree></p:cSld></p:sld>"
      ),
    ])
    let document = try DocumentReader.extract(bytes, path: "s.pptx")
    #expect(document.title == "Title")
    #expect(blockTexts(document) == ["Title", "Above", "Below"])
    let box = PageBox(left: 1, top: 2, right: 11, bottom: 3)
    #expect(document.blocks[1].origin == .pages(1...1, box: box))
    checkInvariants(document)
  }
}
