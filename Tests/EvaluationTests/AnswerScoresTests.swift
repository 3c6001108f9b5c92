import Evaluation
import Testing

@Suite struct AnswerScoresTests {
  private let question = Question(
    id: "q",
    question: "How many days of leave are there?",
    answers: ["28 days", "twenty-eight"],
    places: [Question.Place(document: "documents/handbook/leave.md", quote: "There are 28 days.")]
  )

  private func answer(
    _ text: String,
    _ outcome: ArmAnswer.Outcome = .answered,
    citing places: [ArmAnswer.Place] = []
  ) -> ArmAnswer {
    var answer = ArmAnswer(question: "q", outcome: outcome, answer: text, shown: text)
    answer.citations = places
    return answer
  }

  private func place(
    _ document: String,
    _ quote: String,
    table: String? = nil,
    key: String? = nil
  ) -> ArmAnswer.Place {
    ArmAnswer.Place(
      url: "attune://x/\(document)",
      document: document,
      table: table,
      key: key,
      quote: quote
    )
  }

  @Test func anAnswerIsRightWhereItHoldsAnAcceptedOne() {
    let right = AnswerScores(answer("There are 28 days of it."), to: question)
    #expect(right[.right] == 1 && right[.exact] == 0 && right[.abstainedWrongly] == 0)
    #expect(right[.f1].map { $0 > 0.4 && $0 < 1 } == true)
    #expect(right[.abstainedRightly] == nil && right[.terminology] == nil)
    let exact = AnswerScores(answer("Twenty-eight."), to: question)
    #expect(exact[.exact] == 1 && exact[.f1] == 1 && exact[.rougeL] == 1 && exact[.right] == 1)
    #expect(AnswerScores(answer("There are 30 days."), to: question)[.right] == 0)
  }

  /// What is shown does not count, whatever stands in it.
  @Test(arguments: [ArmAnswer.Outcome.abstained, .failed, .calculation])
  func withoutAnAnswerThereIsNothingRight(outcome: ArmAnswer.Outcome) {
    let scores = AnswerScores(answer("28 days", outcome), to: question)
    #expect(scores[.right] == 0 && scores[.exact] == 0 && scores[.f1] == 0)
    #expect(scores[.rougeL] == 0)
    #expect(scores[.abstainedWrongly] == (outcome == .abstained ? 1 : 0))
    #expect(scores[.citationRecall] == nil)
  }

  @Test func whereTheDataHoldNoAnswerOnlyAbstainingIsRight() {
    let unanswerable = Question(id: "u", question: "?", answers: [], kind: .unanswerable)
    let outcomes: [(ArmAnswer.Outcome, Double)] = [
      (.abstained, 1), (.answered, 0), (.calculation, 0), (.failed, 0),
    ]
    for (outcome, expected) in outcomes {
      let scores = AnswerScores(answer("x", outcome), to: unanswerable)
      #expect(scores[.right] == expected && scores[.abstainedRightly] == expected)
      #expect(scores[.f1] == nil && scores[.abstainedWrongly] == nil)
    }
  }

  @Test func aCountWantsACalculationOrTheNumber() {
    let sum = Question(id: "s", question: "How many orders?", answers: ["6"], kind: .countSum)
    #expect(AnswerScores(answer("", .calculation), to: sum)[.right] == 1)
    #expect(AnswerScores(answer("There were 6."), to: sum)[.right] == 1)
    #expect(AnswerScores(answer("There were 7."), to: sum)[.right] == 0)
    let abstained = AnswerScores(answer("", .abstained), to: sum)
    #expect(abstained[.right] == 0 && abstained[.abstainedWrongly] == 1)
    #expect(abstained[.exact] == nil && abstained[.f1] == nil)
    let bare = Question(id: "b", question: "How many?", answers: [], kind: .countSum)
    #expect(AnswerScores(answer("", .calculation), to: bare)[.right] == 1)
    #expect(AnswerScores(answer("", .abstained), to: bare)[.right] == 0)
  }

  @Test(arguments: [
    // (cited document, cited quote, whether it is right)
    ("handbook/leave.md", "There are 28 days.", true),
    ("documents/handbook/leave.md", "Leave. There are 28\n  days. Ask first.", true),
    ("leave.md", "28 days", true),
    ("./handbook/leave.md", "There  ARE 28", true),
    ("handbook/leave.md", "You get 28 of them there, every year.", true),
    ("handbook/leave.md", "Ask the office first.", false),
    ("handbook/leave.md", "", false),
    ("handbook/sick-leave.md", "There are 28 days.", false),
    ("handbook/leave.md/copy", "There are 28 days.", false),
    ("other/leave.md", "There are 28 days.", false),
  ])
  func aCitationIsRightInTheSameDocumentAndWords(document: String, quote: String, isRight: Bool) {
    let scores = AnswerScores(answer("28", citing: [place(document, quote)]), to: question)
    #expect(scores[.citationPrecision] == (isRight ? 1 : 0))
    #expect(scores[.citationRecall] == (isRight ? 1 : 0))
  }

  @Test func aRowIsCitedByItsKeyOrItsWords() {
    let row = Question(
      id: "r",
      question: "?",
      answers: ["Ada"],
      kind: .row,
      places: [
        Question.Place(document: "database/a.sqlite", quote: "Ada Lo", table: "people", key: "7")
      ]
    )
    func recall(_ quote: String, _ table: String, _ key: String) -> Double? {
      let cited = place("a.sqlite", quote, table: table, key: key)
      return AnswerScores(answer("Ada", citing: [cited]), to: row)[.citationRecall]
    }
    #expect(recall("name: somebody", "people", "7") == 1)
    #expect(recall("name: ada lo", "orders", "3") == 1)
    #expect(recall("name: somebody", "people", "8") == 0)
    #expect(recall("name: somebody", "orders", "7") == 0)
  }

  @Test func severalDocumentsWantAllPlacesAndOthersAnyOne() {
    let places = [
      Question.Place(document: "a.md", quote: "alpha one"),
      Question.Place(document: "b.md", quote: "beta two"),
    ]
    let cited = [place("a.md", "alpha one"), place("c.md", "alpha one"), place("a.md", "one")]
    let one = Question(id: "q", question: "?", answers: ["x"], places: places)
    let both = Question(
      id: "q",
      question: "?",
      answers: ["x"],
      kind: .severalDocuments,
      places: places
    )
    let anyOne = AnswerScores(answer("x", citing: cited), to: one)
    #expect(anyOne[.citationRecall] == 1)
    #expect(anyOne[.citationPrecision].map { agree($0, 2.0 / 3) } == true)
    #expect(AnswerScores(answer("x", citing: cited), to: both)[.citationRecall] == 0.5)
    let all = cited + [place("b.md", "beta two")]
    #expect(AnswerScores(answer("x", citing: all), to: both)[.citationRecall] == 1)
  }

  @Test func withoutCitationsThereIsNoPrecisionAndNothingRecalled() {
    let scores = AnswerScores(answer("28 days"), to: question)
    #expect(scores[.citationPrecision] == nil && scores[.citationRecall] == 0)
    let nowhere = Question(id: "q", question: "?", answers: ["28"])
    let cited = answer("28", citing: [place("a.md", "28")])
    #expect(AnswerScores(cited, to: nowhere)[.citationRecall] == nil)
  }

  @Test func supportIsTheRunsOwnAndStaysBetweenNoughtAndOne() {
    var given = answer("28 days")
    #expect(AnswerScores(given, to: question)[.supported] == nil)
    given.supported = 1.5
    #expect(AnswerScores(given, to: question)[.supported] == 1)
    #expect(AnswerScores(given, to: question).byName["supported"] == 1)
  }
}
