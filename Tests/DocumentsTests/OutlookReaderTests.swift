import Documents
import Foundation
import TestSupport
import Testing

@Suite(
  "Outlook, RTF and mail files of others",
  .enabled(if: SharedData.holds("documents/parsers-docling"), "needs the shared data")
)
struct OutlookReaderTests {
  private static let files = [
    "documents/parsers-docling/email/sources/msg_simple.msg",
    "documents/parsers-docling/email/sources/msg_with_attachment.msg",
    "documents/parsers-docling/email/sources/eml_simple.eml",
    "documents/parsers-docling/email/sources/eml_with_attachment.eml",
    "documents/parsers-markitdown/markitdown/tests/test_files/test_outlook_msg.msg",
    "documents/parsers-markitdown/markitdown/tests/test_files/test.xls",
    "documents/parsers-markitdown/markitdown/tests/test_files/test_blog.html",
    "documents/parsers-markitdown/markitdown/tests/test_files/test_mskanji.csv",
    "documents/parsers-markitdown/markitdown-sample-plugin/tests/test_files/test.rtf",
  ]

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: SharedData.url(path)))
  }

  @Test("A message's envelope, text and attachments are found")
  func message() throws {
    let bytes = try bytes(Self.files[1])
    let document = try DocumentReader.extract(bytes, path: "m.msg")
    #expect(document.title == "Email with Attachment")
    #expect(document.metadata["from"] == "Alice Example <alice@example.com>")
    #expect(document.metadata["date"] == "2026-05-20T10:30:00Z")
    #expect(blockTexts(document).last == "This email contains an attachment.")
    let parts = try DocumentReader.parts(of: bytes, path: "m.msg")
    #expect(parts.map(\.name) == ["test.txt", "report.pdf"])
    #expect(try parts.first?.read().starts(with: Array("This is a test".utf8)) == true)
  }

  @Test("Old Office files say what to do")
  func legacy() throws {
    let bytes = try bytes(Self.files[5])
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.extract(bytes, path: "t.xls")
    }
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.remedy.contains(".xlsx") == true)
  }

  @Test("The main part of a blog page is kept, the rest is not")
  func blog() throws {
    let document = try DocumentReader.extract(try bytes(Self.files[6]), path: "b.html")
    #expect(document.text.contains("high school math competition problems"))
    #expect(!document.text.contains("Recent posts"))
    #expect(document.metadata["language"] == "en")
  }

  @Test("Cut and flipped files never trap", .timeLimit(.minutes(1)), arguments: files)
  func damaged(_ path: String) throws {
    let whole = try bytes(path)
    let name = FileManager.default.displayName(atPath: path)
    var random = SplitMix64(seed: 31)
    for round in 0..<20 {
      try look(Array(whole.prefix(whole.count * round / 20)), name)
      var flipped = whole
      for _ in 0..<20 {
        let place = Int.random(in: 0..<flipped.count, using: &random)
        flipped[place] ^= UInt8.random(in: 1...255, using: &random)
      }
      try look(flipped, name)
    }
  }

  private func look(_ bytes: [UInt8], _ name: String) throws {
    do {
      checkInvariants(try DocumentReader.extract(bytes, path: name))
      for part in try DocumentReader.parts(of: bytes, path: name) { _ = try part.read() }
    } catch let error as DocumentError {
      #expect(!error.message.isEmpty && !error.remedy.isEmpty)
    }
  }
}
