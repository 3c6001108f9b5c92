import Documents
import Testing

@Suite("Markdown")
struct MarkdownReaderTests {
  @Test("Headings, paragraphs, lists and code become blocks with readable text")
  func blocks() throws {
    let document = try extract(
      """
      # Travel *policy*

      Book **early**, see [the rules](https://x.example/a_(b) "t") and `tide-zero`.
      It goes on here.

      Who pays
      --------
      - Finance,
        always
      - Sales: ![map](m.png)
      3. third
      ```sh
      attune ask
        # not a heading
      ```
      > Quoted _words_.
      <!-- not read
      at all -->
      snake_case_name and 2 * 3 * 4, a\\*b, &amp; &#8211; <br>end
      """,
      as: "travel.md"
    )
    #expect(document.title == "Travel policy")
    #expect(document.mediaType == "text/markdown")
    #expect(
      blockTexts(document) == [
        "Travel policy",
        "Book early, see the rules and tide-zero. It goes on here.",
        "Who pays",
        "- Finance, always",
        "- Sales: map",
        "3. third",
        "attune ask\n  # not a heading",
        "Quoted words.",
        "snake_case_name and 2 * 3 * 4, a*b, & – \nend",
      ]
    )
    #expect(document.blocks[2].kind == .heading(level: 2))
    #expect(document.blocks[3].kind == .listItem)
    #expect(document.blocks[6].kind == .code)
  }

  @Test("Every table row carries the header's names")
  func tables() throws {
    let document = try extract(
      """
      | Code | List *price* |
      |:-----|------:|
      | TW-400 | 3,480 |
      | a \\| b |  |

      After.
      """,
      as: "prices.md"
    )
    #expect(blockTexts(document) == ["Code: TW-400 | List price: 3,480", "Code: a | b", "After."])
    guard case .row(let fields) = document.blocks[0].kind else {
      Issue.record("not a row")
      return
    }
    let text = IndexedText(document.text)
    #expect(fields.map(\.column) == ["Code", "List price"])
    #expect(fields.map { text.slice($0.characters) } == ["TW-400", "3,480"])
  }

  @Test("Front matter becomes metadata, and the title where no heading opens the text")
  func frontMatter() throws {
    let document = try extract(
      "---\ntitle: \"Night desk\"\ntags:\n  - support\n  - hours\n---\n\n## Hours\n\nFrom 18:00.\n",
      as: "a.md"
    )
    #expect(document.title == "Night desk")
    #expect(document.metadata == ["title": "Night desk", "tags": "support, hours"])
    #expect(blockTexts(document) == ["Hours", "From 18:00."])
  }

  @Test("A block's origin holds its bytes in the file")
  func origins() throws {
    let source = "\u{FEFF}# Über\r\n\r\nErster *Satz*.\r\n\r\n- zwei\r\n"
    let bytes = Array(source.utf8)
    let document = try DocumentReader.extract(bytes, path: "x.md")
    let slices = document.blocks.map { block in
      guard case .bytes(let range) = block.origin else { return "" }
      return String(decoding: bytes[range], as: UTF8.self)
    }
    #expect(slices == ["# Über", "Erster *Satz*.", "- zwei"])
  }

  @Test("Unclosed marks stay as they are")
  func unclosed() throws {
    let document = try extract(
      "A *star, a `tick, a [bracket](open and <!-- comment and **bold",
      as: "x.md"
    )
    #expect(
      document.text == "A *star, a `tick, a [bracket](open and <!-- comment and **bold"
    )
  }

  @Test("A file without a heading is called by its name")
  func fileTitle() throws {
    #expect(try extract("Words.", as: "notes/cable list.md").title == "cable list")
  }
}
