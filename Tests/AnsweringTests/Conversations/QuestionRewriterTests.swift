import Answering
import Testing

@Suite struct QuestionRewriterTests {
  private typealias Exchange = QuestionRewriter.Exchange

  private static let history = [
    Exchange(question: "How long does the ferret sleep?", answer: "Fourteen hours.")
  ]

  @Test func theFirstQuestionStandsAlone() async throws {
    #expect(try await QuestionRewriter().standalone("And it?", after: []) == "And it?")
  }

  @Test(arguments: [
    ("And what does it eat?", "And what does it eat? (long ferret sleep)"),
    ("Where?", "Where? (long ferret sleep)"),
    ("Which food does the badger prefer?", "Which food does the badger prefer?"),
    ("Does the ferret share it with cubs?", "Does the ferret share it with cubs? (long sleep)"),
  ])
  func withoutAGeneratorWordsAreCarriedOver(_ example: (question: String, asked: String))
    async throws
  {
    let asked = try await QuestionRewriter().standalone(example.question, after: Self.history)
    #expect(asked == example.asked)
  }

  @Test(arguments: [
    // What the generator writes, and what is asked.
    ("What does the ferret eat?", "What does the ferret eat?"),
    (" What  does the ferret eat?\nIt eats meat.", "What does the ferret eat?"),
    ("", "And what does it eat? (long ferret sleep)"),
    (
      "Sure! Here is a lovely poem about winter nights", "And what does it eat? (long ferret sleep)"
    ),
    ("What does the walrus of Greenland eat?", "And what does it eat? (long ferret sleep)"),
    (String(repeating: "eat ", count: 200), "And what does it eat? (long ferret sleep)"),
  ])
  func whatAGeneratorWritesIsUsedWhereItIsPlausible(
    _ example: (written: String, asked: String)
  ) async throws {
    let rewriter = QuestionRewriter(generator: ObedientGenerator { _ in example.written })
    let asked = try await rewriter.standalone("And what does it eat?", after: Self.history)
    #expect(asked == example.asked)
  }
}
