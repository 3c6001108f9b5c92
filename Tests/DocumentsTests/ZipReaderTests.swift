import Documents
import Testing

@Suite("ZIP archives")
struct ZipReaderTests {
  @Test("An archive lists its files, and each is a document of its own")
  func parts() throws {
    let bytes = ZipBuilder.archive([
      ("notes/", ""), ("notes/a.txt", "First."), ("__MACOSX/a.txt", "no"), (".hidden", "no"),
      ("b.md", "# Second"),
    ])
    let document = try DocumentReader.extract(bytes, path: "all.zip")
    #expect(blockTexts(document) == ["- notes/a.txt", "- b.md"])
    checkInvariants(document)
    let parts = try DocumentReader.parts(of: bytes, path: "all.zip")
    #expect(parts.map(\.name) == ["notes/a.txt", "b.md"])
    #expect(
      try parts.map { String(decoding: try $0.read(), as: UTF8.self) } == ["First.", "# Second"]
    )
    #expect(parts.first?.size == 6)
  }

  @Test("Names that lead upwards, repeat or hold control characters are harmless")
  func names() throws {
    let bytes = ZipBuilder.archive([
      ("../../etc/a.txt", "1"), ("/b.txt", "2"), ("b.txt", "3"), ("c\u{7}\n.txt", "4"),
      ("d\\e.txt", "5"),
    ])
    let parts = try DocumentReader.parts(of: bytes, path: "n.zip")
    #expect(parts.map(\.name) == ["etc/a.txt", "b.txt", "2/b.txt", "c.txt", "d/e.txt"])
  }

  @Test("A bomb is refused before it unfolds")
  func bombs() throws {
    // Deflated zeros: one literal and matches of 258 bytes, a thousandfold.
    var builder = ZipBuilder()
    for index in 0..<10 {
      builder.add("\(index).txt", [0x63, 0x60, 0], method: 8, size: 200 << 20)
    }
    let bytes = builder.finish()
    #expect(throws: DocumentError.self) { try DocumentReader.parts(of: bytes, path: "b.zip") }
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.parts(
        of: ZipBuilder.archive([("a.txt", String(repeating: "x", count: 2000))]),
        path: "b.zip",
        limits: SourceLimits(maximumUnpackedBytes: 1000)
      )
    }
    #expect(error?.code == .tooLarge)
  }

  @Test("Locked files are told apart from damaged ones")
  func locked() throws {
    var builder = ZipBuilder()
    builder.add("secret.txt", Array("xyz".utf8), flags: 1)
    builder.add("odd.txt", Array("xyz".utf8), method: 99)
    builder.add("cut.txt", [0x63], method: 8, size: 10)
    let bytes = builder.finish()
    #expect(try DocumentReader.extract(bytes, path: "l.zip").warnings.count == 1)
    let parts = try DocumentReader.parts(of: bytes, path: "l.zip")
    let codes = parts.map { part in
      #expect(throws: DocumentError.self) { try part.read() }?.code
    }
    #expect(codes == [.encrypted, .unsupportedFormat, .corrupt])
  }

  @Test("An archive without its directory gives what it still holds")
  func cut() throws {
    let whole = ZipBuilder.archive([("a.txt", "First."), ("b.txt", "Second.")])
    let bytes = Array(whole.prefix(60))
    let document = try DocumentReader.extract(bytes, path: "c.zip")
    #expect(document.text.contains("a.txt"))
    #expect(!document.warnings.isEmpty)
  }

  @Test("An office file within an archive does not make it an office file")
  func nested() throws {
    let inner = OfficeFiles.word(OfficeFiles.paragraph("Inner."))
    var builder = ZipBuilder()
    builder.add("inner.docx", inner)
    let bytes = builder.finish()
    #expect(try DocumentReader.extract(bytes, path: "o.zip").mediaType == "application/zip")
    let part = try #require(try DocumentReader.parts(of: bytes, path: "o.zip").first)
    #expect(try DocumentReader.extract(try part.read(), path: part.name).text == "Inner.")
  }
}
