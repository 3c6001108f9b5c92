import Datasets
import Testing

@Suite struct CrossedSpanQuestionTests {
  /// Two accounts of the same facts, among many of others, so that their words are rare.
  private let documents: [ReadingDocument] =
    [
      ReadingDocument(
        source: "test:one",
        title: "Lighthouse",
        passages: [
          """
          Granite blocks for the lighthouse at Corran Point were quarried by Alasdair Mackenzie in the spring. \
          The keeper rowed ashore twice a week.
          """
        ]
      ),
      ReadingDocument(
        source: "test:two",
        title: "Quarries",
        passages: [
          """
          Several quarries supplied the coast in those days. The granite blocks of the lighthouse came from \
          Alasdair Mackenzie, who had quarried at Corran Point before.
          """
        ]
      ),
    ]
    + (0..<400).map {
      ReadingDocument(
        source: "test:\($0)",
        title: "Parish \($0)",
        passages: ["The parish number \($0) keeps a ledger about sheep\($0) and wool\($0) markets."]
      )
    }

  @Test func oneDocumentAsksAndTheOtherAnswers() {
    let made = ReadingTexts.examples(of: documents, kinds: ["crossed"], seeds: 1..<5)
    #expect(made.contains { $0.answer == "Alasdair Mackenzie" })
    for example in made {
      #expect(["test:one", "test:two"].contains(example.source), "\(example)")
      #expect(example.isAligned)
    }
  }
}
