import Datasets
import Testing

@Suite struct ClauseQuestionTests {
  private let made = ReadingTexts.made.filter { $0.kind == "clause" }

  @Test(arguments: [
    ("When did Thomas Edison invent the phonograph?", "1877"),
    ("By whom was the first film studio built near the town?", "William Dickson"),
    ("How many cars cross the bridge on a normal day?", "40,000"),
    ("When was the bridge opened by Queen Margaret after six years of work?", "1932"),
  ]) func aSentenceIsTurnedAround(question: String, answer: String) {
    let found = made.first { $0.question == question }
    #expect(found?.answer == answer)
  }

  @Test func theQuestionWordFitsTheAnswer() {
    for example in made {
      let first = example.question.split(separator: " ").first?.lowercased()
      let answer = example.answer ?? ""
      let isNumeric = answer.contains { $0.isNumber }
      if first == "when" { #expect(isNumeric, "\(example)") }
      if example.question.hasPrefix("How many") {
        #expect(isNumeric || answer == "six", "\(example)")
      }
      if first == "who" { #expect(answer.first?.isUppercase == true, "\(example)") }
    }
    #expect(Set(made.compactMap { $0.question.split(separator: " ").first }).count >= 4)
  }

  @Test func theQuestionDoesNotGiveTheAnswerAway() {
    #expect(made.count > 50)
    for example in made {
      let answer = example.answer ?? ""
      #expect(!example.question.lowercased().contains(answer.lowercased()), "\(example)")
      #expect(example.question.hasSuffix("?") && example.isAligned)
      #expect(example.question.split(separator: " ").count <= 40)
      #expect(example.passage?.contains(answer) == true)
    }
  }
}
