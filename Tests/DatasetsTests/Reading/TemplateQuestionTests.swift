import Datasets
import Testing

@Suite struct TemplateQuestionTests {
  private let table = ReadingTable(
    source: "test:ships",
    columns: ["Ship", "Builder", "Launched", "Crew"],
    rows: [
      ["Aurora", "Lindholm Yard", "1904", "32"], ["Borealis", "Harbour Works", "1911", "45"],
      ["Cygnus", "Lindholm Yard", "1911", ""], ["Dorado", "Stone & Sons", "1920", "27"],
    ]
  )

  private func made(_ tables: [ReadingTable]) -> [ReadingExample] {
    (UInt64(1)..<30).flatMap { seed in
      var settings = ReadingMixture.Settings()
      settings.seed = seed
      return ReadingMixture(settings: settings).synthetic([], tables: tables).examples
    }
  }

  @Test func aCellIsAskedByTheNameOfItsRow() {
    let answered = made([table]).filter { $0.kind == "table" }
    #expect(
      answered.contains {
        $0.question.contains("builder") && $0.question.contains("Aurora")
          && $0.answer == "Lindholm Yard"
      }
    )
    for example in answered {
      #expect(example.isAligned)
      let row = table.rows.first { example.question.contains($0[0]) }
      #expect(row?.contains(example.answer ?? "") == true, "\(example)")
      #expect(row.map { example.passage?.contains("Ship: \($0[0])") == true } == true)
      #expect(example.answer?.isEmpty == false)
    }
  }

  @Test func anotherRowDoesNotAnswer() {
    let none = made([table]).filter { $0.kind == "table-none" }
    #expect(!none.isEmpty)
    for example in none {
      #expect(example.answer == nil && example.start == nil)
      let row = table.rows.first { example.question.contains($0[0]) }
      #expect(row.map { example.passage?.contains($0[0]) == false } == true, "\(example)")
    }
  }

  @Test func aTableWithoutNamesAsksNothing() {
    let numbers = ReadingTable(source: "n", columns: ["a", "b"], rows: [["1", "2"], ["1", "3"]])
    #expect(made([numbers]).isEmpty)
  }

  @Test func anAbbreviationIsAskedForBothWays() {
    let made = ReadingTexts.examples(of: [ReadingTexts.bridge], kinds: ["abbreviation"])
    let pairs = Set(made.map { "\($0.question) \($0.answer ?? "")" })
    #expect(pairs.contains("What does NTB stand for? National Transport Board"))
    #expect(pairs.contains("How is National Transport Board abbreviated? NTB"))
  }
}
