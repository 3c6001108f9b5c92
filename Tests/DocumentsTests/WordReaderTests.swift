import Documents
import Testing

@Suite("Word")
struct WordReaderTests {
  private typealias Files = OfficeFiles

  @Test("Headings, paragraphs, deleted and inserted words, ticks and equations")
  func text() throws {
    let bytes = Files.word(
      Files.paragraph("Plan", "<w:pStyle w:val='Heading1'/>")
        + Files.paragraph("Goals", "<w:outlineLvl w:val='1'/>")
          + """
          <w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>
          <w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>
          <w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>
          <w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t> done</w:t></w:r></w:p>
          <w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>π</m:t></m:r>
          </m:den></m:f></m:oMath></w:p>
          """
    )
    let document = try DocumentReader.extract(bytes, path: "p.docx")
    #expect(blockTexts(document) == ["Plan", "Goals", "Kept new", "[x] done", "$\\frac{a}{\\pi}$"])
    #expect(document.title == "Plan")
    #expect(document.blocks[0].kind == .heading(level: 1))
    #expect(document.blocks[1].kind == .heading(level: 2))
    #expect(document.blocks[3].origin == .elements(part: "word/document.xml", 4...4))
    checkInvariants(document)
  }

  @Test("Tables keep their header; merged cells hold for all they cover; nested tables stay inside")
  func tables() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Files.paragraph(text))</w:tc>"
    }
    let inner = "<w:tbl><w:tr>\(cell("x"))\(cell("y"))</w:tr></w:tbl>"
    let bytes = Files.word(
      "<w:tbl><w:tr>\(cell("Region"))\(cell("2024", "<w:gridSpan w:val='2'/>"))</w:tr>"
        + "<w:tr>\(cell("", "<w:vMerge/>"))\(cell("Q1"))\(cell("Q2"))</w:tr>"
        + "<w:tr>\(cell("North", "<w:vMerge w:val='restart'/>"))\(cell("1"))\(cell("2"))</w:tr>"
        + "<w:tr>\(cell("", "<w:vMerge/>"))\(cell("3"))<w:tc>\(inner)</w:tc></w:tr></w:tbl>"
    )
    let document = try DocumentReader.extract(bytes, path: "t.docx")
    #expect(
      blockTexts(document) == [
        "Region: North | 2024 Q1: 1 | 2024 Q2: 2", "Region: North | 2024 Q1: 3 | 2024 Q2: x | y",
      ]
    )
    checkInvariants(document)
  }

  @Test("Lists carry the numbers a reader sees; notes and comments follow their paragraph")
  func lists() throws {
    let main = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    func item(_ text: String, level: Int = 0, list: Int = 1) -> String {
      let place = "<w:ilvl w:val='\(level)'/><w:numId w:val='\(list)'/>"
      return Files.paragraph(text, "<w:numPr>\(place)</w:numPr>")
    }
    func level(_ number: Int, _ format: String, _ text: String) -> String {
      "<w:lvl w:ilvl='\(number)'><w:start w:val='1'/><w:numFmt w:val='\(format)'/>"
        + "<w:lvlText w:val='\(text)'/></w:lvl>"
    }
    let bytes = Files.word(
      item("one") + item("two") + item("deep", level: 1) + item("dot", list: 2)
        + "<w:p><w:r><w:t>Said</w:t><w:footnoteReference w:id='2'/></w:r>"
        + "<w:r><w:commentReference w:id='0'/></w:r></w:p>",
      more: [
        (
          "word/_rels/document.xml.rels",
          Files.relationships([
            ("a", "numbering", "numbering.xml"), ("b", "footnotes", "footnotes.xml"),
            ("c", "comments", "comments.xml"), ("d", "header", "header1.xml"),
          ])
        ),
        (
          "word/numbering.xml",
          "<w:numbering \(main)><w:abstractNum w:abstractNumId='0'>\(level(0, "decimal", "%1."))"
            + "\(level(1, "lowerLetter", "%1.%2)"))</w:abstractNum>"
            + "<w:abstractNum w:abstractNumId='1'>\(level(0, "bullet", "•"))</w:abstractNum>"
            + "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
            + "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
        ),
        (
          "word/footnotes.xml",
          "<w:footnotes \(main)><w:footnote w:id='2'>\(Files.paragraph("By whom"))</w:footnote>"
            + "</w:footnotes>"
        ),
        (
          "word/comments.xml",
          "<w:comments \(main)><w:comment w:id='0' w:author='Ilse'>\(Files.paragraph("Sure?"))"
            + "</w:comment></w:comments>"
        ),
        ("word/header1.xml", "<w:hdr \(main)>\(Files.paragraph("Veldmark"))</w:hdr>"),
      ]
    )
    let document = try DocumentReader.extract(bytes, path: "l.docx")
    #expect(
      blockTexts(document) == [
        "1. one", "2. two", "2.a) deep", "- dot", "Said", "Note: By whom", "Comment by Ilse: Sure?",
        "Veldmark",
      ]
    )
  }

  @Test("Broken XML gives what stands before the break, with a warning")
  func damaged() throws {
    let bytes = ZipBuilder.archive([
      ("_rels/.rels", Files.relationships([("r1", "officeDocument", "word/document.xml")])),
      (
        "word/document.xml",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
          + "<w:body>\(Files.paragraph("Still here."))<w:p><w:r"
      ),
    ])
    let document = try DocumentReader.extract(bytes, path: "d.docx")
    #expect(document.text == "Still here.")
    #expect(document.warnings.count == 1)
  }

  @Test("Entities neither expand nor fetch")
  func entities() throws {
    let bytes = ZipBuilder.archive([
      ("_rels/.rels", Files.relationships([("r1", "officeDocument", "word/document.xml")])),
      (
        "word/document.xml",
        """
        <!DOCTYPE d [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
        <w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>
        \(Files.paragraph("x&b;&f; &amp;y"))</w:body></w:document>
        """
      ),
    ])
    #expect(try DocumentReader.extract(bytes, path: "e.docx").text == "x &y")
  }

  @Test("A protected file is named as such")
  func protected() throws {
    // A compound file of a header, the table of its two sectors, and a directory.
    var bytes = [UInt8](repeating: 0, count: 1536)
    func put(_ value: UInt32, at place: Int) {
      for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }
    bytes.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    for place in stride(from: 76, to: 1024, by: 4) { put(.max, at: place) }
    let end: UInt32 = 0xFFFF_FFFE
    for (place, value) in [30: 9, 44: 1, 48: 1, 56: 4096, 60: end, 68: end, 76: 0, 516: end] {
      put(value, at: place)
    }
    for (entry, name) in ["Root Entry", "EncryptedPackage"].enumerated() {
      let start = 1024 + entry * 128
      for (index, letter) in name.utf8.enumerated() { bytes[start + index * 2] = letter }
      bytes[start + 64] = UInt8(name.utf8.count * 2 + 2)
      bytes[start + 66] = entry == 0 ? 5 : 2
      for place in [68, 72] { put(.max, at: start + place) }
      put(entry == 0 ? 1 : .max, at: start + 76)
    }
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.extract(bytes, path: "s.docx")
    }
    #expect(error?.code == .encrypted)
    #expect(error?.remedy.contains("password") == true)
  }
}
