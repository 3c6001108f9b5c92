import Documents
import Testing

@Suite("Delimited files")
struct CSVReaderTests {
  private func rows(_ document: ExtractedDocument) -> [[String: String]] {
    let text = IndexedText(document.text)
    return document.blocks.map { block in
      guard case .row(let fields) = block.kind else { return [:] }
      return Dictionary(
        uniqueKeysWithValues: fields.map { ($0.column, text.slice($0.characters) ?? "") }
      )
    }
  }

  @Test("Each record is a row with the header's names and its number as key")
  func records() throws {
    let document = try extract(
      "code,name,price\nTW-400,\"Tarnwick, 4\",3480\nSL-120,Silla \"\"probe\"\",\n",
      as: "d/list.csv"
    )
    #expect(document.text.hasPrefix("list | code: TW-400 | name: Tarnwick, 4 | price: 3480\n"))
    #expect(document.blocks[1].origin == .row(table: "list", key: "2"))
    #expect(document.table?.columns == ["code", "name", "price"])
    #expect(document.table?.rowCount == 2)
    #expect(document.warnings.isEmpty)
  }

  @Test(
    "The delimiter is found",
    arguments: [
      ("a;b;c\n1;2,5;3\n", "x.csv"), ("a\tb\tc\n1\t2,5\t3\n", "x.tsv"),
      ("a|b|c\n1|2,5|3\n", "x.csv"),
    ]
  )
  func delimiters(_ text: String, _ path: String) throws {
    #expect(rows(try extract(text, as: path)) == [["a": "1", "b": "2,5", "c": "3"]])
  }

  @Test("Quotes may span lines; ragged records are kept and named")
  func ragged() throws {
    let document = try extract(
      "a,b\n1,\"two\nlines, \"\"quoted\"\"\"\n2\n3,4,five\n",
      as: "x.csv"
    )
    #expect(
      rows(document) == [
        ["a": "1", "b": "two\nlines, \"quoted\""], ["a": "2"],
        ["a": "3", "b": "4", "column 3": "five"],
      ]
    )
    #expect(document.warnings.contains { $0.contains("record 3 has more cells") })
    #expect(document.warnings.contains { $0.contains("record 2 has fewer cells") })
  }

  @Test("A quote that is never closed swallows nothing")
  func openQuote() throws {
    let document = try extract("a,b\n1,\"open\n2,x\n3,y\n", as: "x.csv")
    #expect(
      rows(document) == [["a": "1", "b": "\"open"], ["a": "2", "b": "x"], ["a": "3", "b": "y"]]
    )
    #expect(document.warnings.contains { $0.contains("record 1") })
  }

  @Test("Without a header columns are numbered; with one, repeated names are told apart")
  func headers() throws {
    #expect(
      rows(try extract("1,2.5\n3,4\n", as: "x.csv"))[0] == ["column 1": "1", "column 2": "2.5"]
    )
    #expect(
      rows(try extract("n,n,\n1,2,3\n", as: "x.csv")) == [
        ["n": "1", "n 2": "2", "column 3": "3"]
      ]
    )
    #expect(rows(try extract("team,2019,2020\nSales,4,5\n", as: "x.csv"))[0]["2019"] == "4")
  }

  @Test("A mark at the start of the file is no part of the first name")
  func byteOrderMark() throws {
    #expect(try extract("\u{FEFF}a,b\r\n1,2\r\n", as: "x.csv").table?.columns == ["a", "b"])
  }

  @Test("Ten megabytes of open quotes are read in linear time", .timeLimit(.minutes(1)))
  func hostileQuotes() throws {
    let document = try extract(String(repeating: "\"a,\n", count: 2_000_000), as: "x.csv")
    #expect(document.table?.rowCount ?? 0 > 900_000)
  }
}
