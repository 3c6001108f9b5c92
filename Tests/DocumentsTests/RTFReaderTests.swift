import Documents
import Testing

@Suite("RTF and plain markup")
struct RTFReaderTests {
  @Test("Headings, code pages, lists and tables")
  func document() throws {
    let text = #"""
      {\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}
      {\stylesheet{\s1 heading 1;}{\s0 Normal;}}{\info{\title Prices}{\author Ilse}}
      {\header Page}\pard\s1 Terms\par\pard Gr\'fc\u223?e {\f1\'ce\'f2} \emdash  end\par
      {\listtext 1.\tab}\ls1 first\par\pard
      \trowd\intbl Code\cell Price\cell\row\trowd\intbl A\cell 9\cell\row\pard Done\par}
      """#
    let document = try extract(text, as: "a.rtf")
    #expect(document.title == "Prices")
    #expect(document.metadata["author"] == "Ilse")
    #expect(
      blockTexts(document) == [
        "Terms", "Grüße От — end", "1. first", "Code: A | Price: 9", "Done",
      ]
    )
    #expect(document.blocks.first?.kind == .heading(level: 1))
    checkInvariants(document)
  }

  @Test("Groups without end are read", .timeLimit(.minutes(1)))
  func deep() throws {
    let text = "{\\rtf1 Start\\par " + String(repeating: "{", count: 200_000) + "deep"
    #expect(try extract(text, as: "d.rtf").text.hasPrefix("Start"))
  }

  @Test("Headings of reStructuredText and AsciiDoc")
  func markup() throws {
    let rst = try extract("=====\nTitle\n=====\n\nText.\n\nPart\n~~~~\n\nMore.\n", as: "a.rst")
    #expect(rst.title == "Title")
    #expect(
      rst.blocks.map(\.kind) == [
        .heading(level: 1), .paragraph, .heading(level: 2), .paragraph,
      ]
    )
    let adoc = try extract("= Title\n\nText.\n\n== Part\nMore.\n", as: "a.adoc")
    #expect(blockTexts(adoc) == ["Title", "Text.", "Part", "More."])
  }
}
