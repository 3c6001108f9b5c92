import Documents
import TestSupport
import Testing

@Suite("Damaged and hostile files")
struct HostileInputTests {
  @Test(
    "Flipped, cut and repeated bytes never trap, and what is read keeps its promises",
    .timeLimit(.minutes(1)),
    arguments: RandomDocuments.formats + ["yaml"],
    [UInt64(11), 12, 13]
  )
  func mutations(_ format: String, _ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var bytes = Array(RandomDocuments.text(format, using: &random).utf8.prefix(6000))
      for _ in 0..<Int.random(in: 1...40, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeLast(min(bytes.count, Int.random(in: 0...50, using: &random)))
        case 3: bytes.insert(contentsOf: bytes.prefix(place).suffix(20), at: place)
        default:
          let marks = Array("\"'`*_[](){}<>&|,;:#-=\n\r\t\\!".utf8)
          bytes[place] = marks[Int.random(in: 0..<marks.count, using: &random)]
        }
      }
      guard let document = try read(bytes, "folder/m.\(format)") else { continue }
      checkInvariants(document, maximumTokens: 128)
      #expect(try read(bytes, "folder/m.\(format)") == document)
    }
  }

  @Test("Random bytes never trap", arguments: RandomDocuments.formats + ["yaml"])
  func noise(_ format: String) throws {
    var random = SplitMix64(seed: 99)
    for length in [1, 2, 3, 7, 64, 1000, 5000] {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = try read(bytes, "n.\(format)")
    }
  }

  /// Each repeats what tempts a reader to look far ahead again and again.
  @Test(
    "Readers take linear time",
    .timeLimit(.minutes(1)),
    arguments: [
      "[", "[a](", "`", "*a ", "_", "<!-- ", "<a ", "![", "**", "&amp", "| ", "> ", "``` \n", "\\",
      "- ",
      "<!--\n", "[a]: ", "a\n===\n", "|a|\n|-|\n", "`` ` ", "~~", "<script\n", "1. ",
    ]
  )
  func repeatedMarks(_ mark: String) throws {
    let text = "x " + String(repeating: mark, count: 200_000 / mark.utf8.count)
    _ = try read(Array(text.utf8), "r.md")
    _ = try read(Array(("<html>" + text).utf8), "r.html")
  }

  @Test("Terminal escapes in texts are kept for others to neutralise")
  func escapes() throws {
    #expect(
      try extract("Red \u{1B}[31malert\u{07}.", as: "a.txt").text == "Red \u{1B}[31malert\u{07}."
    )
  }

  private func read(_ bytes: [UInt8], _ path: String) throws -> ExtractedDocument? {
    do {
      return try DocumentReader.extract(bytes, path: path)
    } catch let error as DocumentError {
      #expect(error.subject == path)
      #expect(!error.message.isEmpty && !error.remedy.isEmpty)
      return nil
    }
  }
}
