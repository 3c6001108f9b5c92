import Datasets
import Testing

@Suite struct RecurringSpanQuestionTests {
  private let made = ReadingTexts.made.filter { $0.kind == "recurring" }

  @Test func aSpanInTwoSentencesIsAskedByOneAndAnsweredByTheOther() {
    #expect(made.contains { $0.answer == "William Dickson" || $0.answer == "Queen Margaret" })
    for example in made {
      #expect(example.isAligned)
      #expect(example.answer.map { !example.question.contains($0) } == true, "\(example)")
    }
  }

  @Test func theSentenceThatAsksIsNotInThePassage() {
    let asked = made.filter { $0.question.contains("damage the") || $0.question.contains("employ") }
    for example in asked {
      #expect(example.passage?.contains("damaged the southern") != true, "\(example)")
      #expect(example.passage?.contains("employed 60") != true, "\(example)")
    }
  }
}
