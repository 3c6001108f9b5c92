import Datasets
import Testing

@Suite struct ContradictionTests {
  private func contradicts(_ question: String, _ first: String, _ second: String) -> Bool {
    let examples = [first, second].map {
      Example(question: question, answer: $0, origin: .imported)
    }
    return !DatasetChecker().check(examples).findings(of: .contradiction).isEmpty
  }

  @Test(arguments: [
    ("How long may goods be returned?", "Within 14 days.", "Within 30 days."),
    ("When does the shop open on Sundays?", "At nine o'clock.", "At ten o'clock."),
    (
      "On which day is waste collected?", "It is collected on Monday.", "It is collected on Friday."
    ),
    ("Who leads the sales team?", "Anna Berg leads it.", "Carl Lund leads it."),
    ("May guests smoke in the garden?", "Guests may smoke there.", "Guests may not smoke there."),
    ("Is the fee refundable?", "Yes, within a month.", "No, it is kept."),
    ("Is a helmet mandatory in the hall?", "A helmet is mandatory.", "A helmet is optional."),
    ("What is the capital of the province?", "Lyon", "Grenoble"),
  ])
  func answersThatExcludeEachOther(_ question: String, _ first: String, _ second: String) {
    #expect(contradicts(question, first, second))
  }

  @Test(arguments: [
    (
      "How long may goods be returned?", "14 days",
      "Within 14 days of the purchase, with a receipt."
    ),
    ("When was it built?", "It was built in 1998.", "In the year 1998, by two brothers."),
    ("What is the price?", "It costs 1,000 euros.", "1000.00 euros"),
    ("How many seats are there?", "There are five seats.", "5 seats."),
    (
      "Write a short poem about rain.", "Rain on the roof, a quiet song.",
      "Grey drops fall; the street shines."
    ),
    ("Who leads the sales team?", "Anna Berg.", "The sales team is led by Anna Berg."),
  ])
  func otherWordsAreNoContradiction(_ question: String, _ first: String, _ second: String) {
    #expect(!contradicts(question, first, second))
  }

  @Test func questionsThatDifferInANameAreNotTheSame() {
    let examples = [("Belmont", "12"), ("Tarlin", "15"), ("X200", "18"), ("X300", "20")].map {
      Example(
        question: "What is the price of the \($0)?",
        answer: "The \($0) costs \($1) euros.",
        origin: .imported
      )
    }
    #expect(DatasetChecker().check(examples).findings.isEmpty)
  }

  @Test func theSameQuestionOnOtherPassagesMayHaveOtherAnswers() {
    let examples = [
      ("The contract with Falk runs until 2027 and covers cleaning of all offices.", "Until 2027."),
      ("Orders by Nordwind are shipped weekly; their agreement ends in 2031.", "Until 2031."),
    ].map {
      Example(question: "How long does it run?", answer: $1, origin: .imported, passage: $0)
    }
    #expect(DatasetChecker().check(examples).findings(of: .contradiction).isEmpty)
  }
}
