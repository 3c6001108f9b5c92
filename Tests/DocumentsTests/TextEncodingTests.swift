import Documents
import TestSupport
import Testing

@Suite("Encodings")
struct TextEncodingTests {
  private let words = "Grüße aus Oosterhaven: 3 € für die Müllabfuhr. Und noch ein Satz."

  private func utf16(_ text: String, littleEndian: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return littleEndian ? [low, high] : [high, low]
    }
  }

  @Test("UTF-16 is read with and without its mark", arguments: [true, false], [true, false])
  func utf16(littleEndian: Bool, mark: Bool) throws {
    let bytes = utf16(words, littleEndian: littleEndian, mark: mark)
    let document = try DocumentReader.extract(bytes, path: "a.txt")
    #expect(document.text == words)
    #expect(document.blocks.first?.origin == .bytes((mark ? 2 : 0)..<bytes.count))
  }

  @Test("Windows-1252 is read with a warning, and origins count its bytes")
  func windows1252() throws {
    let bytes: [UInt8] = [0x93, 0x47, 0x72, 0xFC, 0xDF, 0x65, 0x94, 0x0A, 0x0A, 0x80, 0x33]
    let document = try DocumentReader.extract(bytes, path: "a.md")
    #expect(blockTexts(document) == ["“Grüße”", "€3"])
    #expect(document.blocks.map(\.origin) == [.bytes(0..<7), .bytes(9..<11)])
    #expect(document.warnings.contains { $0.contains("Windows-1252") })
  }

  @Test("A damaged place in good UTF-8 costs only itself")
  func repaired() throws {
    let bytes = Array("äöüÄÖÜß".utf8) + [0xC3, 0x20] + Array("Ende".utf8)
    let document = try DocumentReader.extract(bytes, path: "a.md")
    #expect(document.text == "äöüÄÖÜß\u{FFFD} Ende")
    #expect(!document.warnings.isEmpty)
  }

  @Test("Binary data under a text name is refused")
  func binary() {
    var random = SplitMix64(seed: 7)
    let noise = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(throws: DocumentError.self) { try DocumentReader.extract(noise, path: "a.txt") }
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.extract(Array("abc".utf8) + [0, 0, 0, 1, 2], path: "a.txt")
    }
    #expect(error?.code == .notText)
    #expect(error?.subject == "a.txt")
  }

  @Test("A PDF under the name of a text is known by its first bytes")
  func disguisedPDF() {
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.extract(Array("%PDF-1.7\n%âãÏÓ".utf8), path: "a.txt")
    }
    // Without poppler it is not read; with it, it is no whole PDF.
    #expect([.unsupportedFormat, .malformed, .corrupt].contains(error?.code))
    #expect(error?.message.contains("PDF") == true)
  }

  @Test("Files without content are empty", arguments: ["", "\u{FEFF}", " \n\t\n"])
  func empty(_ text: String) {
    let error = #expect(throws: DocumentError.self) { try extract(text, as: "a.md") }
    #expect(error?.code == .empty)
  }

  @Test("A stray NUL in a long text is left out")
  func strayNUL() throws {
    let text = String(repeating: "The tide came in. ", count: 100)
    let document = try extract(text + "\0End.", as: "a.txt")
    #expect(document.text == text + "End.")
  }
}
