import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ExampleSynthesizerTests {
  private static func passage(
    _ text: String,
    title: String = "Travel policy",
    headings: [String] = [],
    document: String = "attune://s/travel.md",
    columns: [SynthesisPassage.Column] = []
  ) -> SynthesisPassage {
    SynthesisPassage(
      text: text,
      title: title,
      headings: headings,
      place: "\(document)#chars=0-\(text.count)",
      document: document,
      documentHash: "abc",
      columns: columns
    )
  }

  private static func make(
    _ passages: [SynthesisPassage],
    _ kinds: Set<SynthesisKind> = Set(SynthesisKind.allCases)
  ) -> [String: String] {
    let examples = ExampleSynthesizer(kinds: kinds, perPassage: 50, seed: 1)
      .examples(from: passages)
    return Dictionary(uniqueKeysWithValues: examples.map { ($0.question ?? "", $0.answer ?? "") })
  }

  @Test func sentencesBecomeQuestionsWhereTheyTurnSafely() {
    let text = """
      The maximum reimbursement is $1,250.50. Veldmark was founded in 1842.
      Requests must reach the office of Ada Lovelace within 30 days of the trip.
      It costs 55 dollars in all of these cases.
      """
    let found = Self.make([Self.passage(text)], [.cloze])
    #expect(found["What is the maximum reimbursement?"] == "$1,250.50")
    #expect(found["In which year was Veldmark founded?"] == "1842")
    #expect(
      found[
        "Complete, from “Travel policy”: Requests must reach the office of ____ within 30 days of the trip."
      ] == "Ada Lovelace"
    )
    #expect(
      found[
        "Complete, from “Travel policy”: Requests must reach the office of Ada Lovelace within ____ of the trip."
      ] == "30 days"
    )
    // "It" says nothing by itself.
    #expect(found.count == 4)
  }

  @Test func definitionsAndAbbreviations() {
    let text = """
      A per diem is a fixed amount paid for each day of travel. This is a note about nothing much.
      The General Services Administration (GSA) sets the rates every year.
      """
    let found = Self.make([Self.passage(text)], [.definition])
    #expect(
      found == [
        "What is a per diem?": "A per diem is a fixed amount paid for each day of travel.",
        "What does GSA stand for?": "General Services Administration",
      ]
    )
  }

  @Test func aSectionSpeaksThroughItsFirstPassage() {
    let first = "Meals are repaid up to a limit. Alcohol is never repaid by the company."
    let passages = [
      Self.passage(first, headings: ["Expenses", "Meals"]),
      Self.passage("Breakfast counts as a meal too.", headings: ["Expenses", "Meals"]),
      Self.passage("Trains come before planes where possible.", headings: ["Transport"]),
    ]
    #expect(
      Self.make(passages, [.section]) == [
        "What does the section “Expenses” of “Travel policy” say about “Meals”?": first,
        "What does “Travel policy” say about “Transport”?": passages[2].text,
      ]
    )
  }

  @Test func cellsAreAskedForByTheirRow() {
    func row(_ cells: (String, String)...) -> SynthesisPassage {
      Self.passage(
        cells.map { "\($0): \($1)" }.joined(separator: "\n"),
        columns: cells.map { .init(name: $0, value: $1) }
      )
    }
    let found = Self.make([
      row(("ProductID", "1"), ("ProductName", "Chai"), ("unit_price", "18.00"), ("Note", "")),
      row(("order", "10248"), ("freight", "32.38")),
      row(("ProductName", "Tofu"), ("unit_price", "23.25")),
      row(("ProductName", "Tofu"), ("unit_price", "9.20")),
    ])
    // Two rows called Tofu have two prices, so the question has no answer.
    #expect(
      found == [
        "What is the product ID of Chai?": "1",
        "What is the unit price of Chai?": "18.00",
        "What is the freight of order 10248?": "32.38",
      ]
    )
  }

  @Test func examplesSayWhereTheyComeFrom() throws {
    let passage = Self.passage("The maximum reimbursement is $1,250.50.")
    let example = try #require(ExampleSynthesizer(seed: 1).examples(from: [passage]).first)
    #expect(example.origin == .synthesized)
    #expect(example.passage == passage.text)
    #expect(example.source?.place == passage.place)
    #expect(example.source?.document == passage.document)
    #expect(example.source?.documentHash == "abc")
  }

  @Test func theSeedChoosesAndRepeats() {
    let text = (10..<40).map { "Box number \($0) holds exactly \($0 * 7) of the spare parts." }
      .joined(separator: " ")
    let passage = Self.passage(text)
    let one = ExampleSynthesizer(perPassage: 3, seed: 1).examples(from: [passage])
    #expect(one.count == 3)
    #expect(one == ExampleSynthesizer(perPassage: 3, seed: 1).examples(from: [passage]))
    #expect(one != ExampleSynthesizer(perPassage: 3, seed: 2).examples(from: [passage]))
    let twice = ExampleSynthesizer(perPassage: 50, seed: 1).examples(from: [passage, passage])
    #expect(Set(twice.map(\.question)).count == twice.count)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func anyTextIsTaken(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = [
      "The", "limit", "is", "was", "42", "1999", "May", "3,", "(GSA)", "General", "Services",
      "Agency", "U.S.", "e.g.", "x.", "Done.", "\n", "- ", "“Hi”", "数据是。", "é", ".", "…", "12%",
    ]
    let passages = (0..<20).map { _ in
      let text = (0..<Int(random.next() % 60))
        .map { _ in
          random.next() % 8 == 0
            ? random.text(count: 6) : words[Int(random.next() % UInt64(words.count))]
        }
        .joined(separator: " ")
      return Self.passage(
        text,
        title: random.text(count: 4),
        headings: [random.text(count: 5)],
        columns: random.next() % 3 == 0 ? [.init(name: random.text(count: 3), value: text)] : []
      )
    }
    for example in ExampleSynthesizer(seed: seed).examples(from: passages) {
      let answer = example.answer ?? ""
      #expect(!answer.isEmpty)
      #expect(answer.count < 3 || example.question?.contains(answer) == false)
    }
  }

  @Test func otherLanguagesGiveWhatTheyCan() {
    let passages = [
      "Die Reisekosten betragen höchstens 1.250,50 Euro pro Jahr und Person im Außendienst.",
      "退款期限为三十天。公司成立于1842年，总部位于上海，员工超过五百人，业务遍及全国各地。",
      "تأسست الشركة في القاهرة عام 1842 وتعمل في أكثر من 30 دولة حول العالم اليوم.",
    ].map { Self.passage($0, title: "") }
    let found = Self.make(passages)
    #expect(found.values.contains { $0.hasPrefix("1.250,50") })
    #expect(found.values.contains("1842"))
  }
}
