import Documents
import TestSupport
import Testing

@Suite("Passages")
struct ChunkerTests {
  private func passages(
    _ text: String,
    as path: String = "a.md",
    maximum: Int = 256,
    target: Int = 150
  ) throws -> [Passage] {
    Chunker(maximumTokens: maximum, targetTokens: target, countTokens: countTestTokens)
      .passages(of: try extract(text, as: path))
  }

  @Test("A heading begins a new passage; the title is not repeated among the headings")
  func headings() throws {
    let passages = try passages("# Guide\nIntro.\n## Pay\nMoney.\n### Sick\nDays.\n## Leave\nFree.")
    #expect(passages.map(\.text) == ["Intro.", "Money.", "Days.", "Free."])
    #expect(passages.map(\.headings) == [[], ["Pay"], ["Pay", "Sick"], ["Leave"]])
    #expect(passages[2].embeddingText(title: "Guide") == "Guide › Pay › Sick\nDays.")
  }

  @Test("Headings without text below them can be found")
  func bareHeadings() throws {
    let passages = try passages("# Guide\n## Ask Ilse\n## Ask Dov\n### By phone\nDial 4.")
    #expect(passages.map(\.text) == ["Ask Ilse", "Dial 4."])
    #expect(try self.passages("# Only a title").map(\.text) == ["Only a title"])
  }

  @Test("Paragraphs are packed up to the target; an opening line stays with its list")
  func packing() throws {
    let words = String(repeating: "tide ", count: 40)
    let passages = try passages(
      "\(words)\n\n\(words)\n\nYou need:\n\n- \(words)\n- rope",
      target: 90
    )
    try #require(passages.count == 2)
    #expect(passages[1].text.hasPrefix("You need:"))
    #expect(passages[1].text.hasSuffix("rope"))
  }

  @Test("A long paragraph is cut between sentences")
  func sentences() throws {
    let sentence = "The gauge at the quay was read by Dr. Holm at 6.30 in the morning. "
    let passages = try passages(String(repeating: sentence, count: 40))
    #expect(passages.count > 3)
    #expect(passages.allSatisfy { $0.text.hasSuffix("morning.") && $0.text.hasPrefix("The gauge") })
  }

  @Test("Rows are passages of their own, cut between fields where too long")
  func rows() throws {
    let long = String(repeating: "worn cable ", count: 60)
    let passages = try passages(
      "id,note,place\n1,ok,Hall\n2,\(long),Basin\n",
      as: "t.csv",
      maximum: 64
    )
    #expect(passages[0].fields.map(\.column) == ["id", "note", "place"])
    #expect(passages.count > 2)
    #expect(passages.dropFirst().allSatisfy { $0.location.origin == .row(table: "t", key: "2") })
    #expect(passages[2].headings == ["id: 2"])
    #expect(passages.last?.fields.last?.column == "place")
  }

  @Test("A small table follows its rows once more as a whole; a long one, and a lone row, do not")
  func wholeTables() throws {
    func table(_ rows: Int) -> String {
      "| port | depth |\n|---|---|\n"
        + (0..<rows).map { "| Port \($0) | \($0) m |\n" }.joined()
    }
    let passages = try passages("# Ports\n\nIntro.\n\n## Depths\n\n" + table(3) + "\nAfter.\n")
    #expect(passages.count == 6 && passages.map(\.isTable).firstIndex(of: true) == 4)
    let whole = passages[4]
    #expect(
      whole.text
        == "port: Port 0 | depth: 0 m\nport: Port 1 | depth: 1 m\nport: Port 2 | depth: 2 m"
    )
    #expect(whole.headings == ["Depths"] && whole.fields.count == 6)
    #expect(whole.location.characters.lowerBound == passages[1].location.characters.lowerBound)
    #expect(whole.location.characters.upperBound == passages[3].location.characters.upperBound)
    for rows in [1, 13, 200] {
      #expect(try !self.passages("# Ports\n\n" + table(rows)).contains(where: \.isTable))
    }
    let cell = String(repeating: "tide ", count: 90)
    let long = "| a |\n|---|\n" + String(repeating: "| \(cell)|\n", count: 4)
    #expect(try !self.passages(long).contains(where: \.isTable))
    #expect(try !self.passages("a,b\n1,2\n3,4\n", as: "t.csv").contains(where: \.isTable))
  }

  @Test("Tables that follow one another are kept apart")
  func neighbouringTables() throws {
    let passages = try passages(
      "| a |\n|---|\n| 1 |\n| 2 |\n\n| b |\n|---|\n| 3 |\n| 4 |\n"
    )
    #expect(passages.filter(\.isTable).map(\.text) == ["a: 1\na: 2", "b: 3\nb: 4"])
  }

  @Test("A row that begins with its table's name does not get it twice")
  func rowPrefix() throws {
    let passages = try passages("id,name\n1,Silla\n", as: "probes.csv")
    #expect(passages[0].embeddingText(title: "probes") == "probes | id: 1 | name: Silla")
  }

  @Test("The prefix is bounded and keeps the innermost heading")
  func prefix() {
    let long = String(repeating: "chapter ", count: 100)
    let prefix = contextPrefix(title: long, headings: Array(repeating: long, count: 20) + ["Last"])
    #expect(prefix.unicodeScalars.count <= 190)
    #expect(prefix.hasSuffix("› Last\n"))
    #expect(contextPrefix(title: "", headings: []).isEmpty)
    #expect(contextPrefix(title: "A", headings: []) == "A\n")
  }

  @Test(
    "No passage is longer than the limit, whatever the text",
    arguments: [128, 192, 256],
    [UInt64(1), 2, 3, 4]
  )
  func limits(_ maximum: Int, _ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for document in try RandomDocuments.all(using: &random) {
      checkInvariants(document, maximumTokens: maximum)
    }
  }

  @Test(
    "A line of ten megabytes is cut in linear time",
    .timeLimit(.minutes(1)),
    arguments: [
      "word ", "x", "A sentence. ", "漢字",
    ]
  )
  func hugeLine(_ unit: String) throws {
    let text = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
    let document = try extract(text, as: "line.txt")
    let passages = Chunker(maximumTokens: 256, countTokens: { $0.utf8.count / 4 + 2 })
      .passages(of: document)
    #expect(passages.allSatisfy { $0.text.unicodeScalars.count <= 256 * 12 })
    #expect(passages.last?.location.characters.upperBound == document.text.unicodeScalars.count)
  }
}
