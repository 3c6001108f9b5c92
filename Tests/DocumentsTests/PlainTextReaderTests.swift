import Documents
import Testing

@Suite("Plain text")
struct PlainTextReaderTests {
  @Test("Blank lines part paragraphs; an opening line alone is the title")
  func paragraphs() throws {
    let document = try extract(
      "Minutes of 3 March 2031\n\nPresent: Gunnar Ilves.\nAbsent: nobody.\n\n\nThe van is sold.\n",
      as: "minutes.txt"
    )
    #expect(document.title == "Minutes of 3 March 2031")
    #expect(
      blockTexts(document) == [
        "Minutes of 3 March 2031", "Present: Gunnar Ilves.\nAbsent: nobody.", "The van is sold.",
      ]
    )
  }

  @Test("Lines that were wrapped at a margin flow together")
  func wrapped() throws {
    let document = try extract(
      """
      The gauge is set to zero before it leaves the site, by two
      people, of whom one has not touched it on that day. The note
      goes into the drawer.

      Bring:
      - a lamp
      - a rope
      """,
      as: "a.txt"
    )
    #expect(
      blockTexts(document) == [
        "The gauge is set to zero before it leaves the site, by two people, of whom one has not "
          + "touched it on that day. The note goes into the drawer.",
        "Bring:\n- a lamp\n- a rope",
      ]
    )
  }

  @Test("Underlined lines are headings")
  func underlined() throws {
    let document = try extract(
      "Cables\n======\n\nTen metres.\n\nLong\n----\nThirty.\n",
      as: "c.txt"
    )
    #expect(
      document.blocks.map(\.kind) == [
        .heading(level: 1), .paragraph, .heading(level: 2), .paragraph,
      ]
    )
    #expect(document.title == "Cables")
  }

  @Test("HTML under the name of a text is read as HTML")
  func disguised() throws {
    let document = try extract("<!DOCTYPE html><title>T</title><p>Words", as: "page.txt")
    #expect(document.mediaType == "text/html")
    #expect(document.title == "T")
  }
}
