import Datasets
import Testing

@Suite struct UnansweredQuestionTests {
  @Test func whatIsNotAnsweredDoesNotHoldTheAnswer() {
    let all = ReadingTexts.made
    let none = all.filter { $0.kind == "mismatch" || $0.kind == "removed" }
    #expect(!none.isEmpty)
    for example in none {
      #expect(example.answer == nil && example.start == nil)
      let answers = all.filter { $0.question == example.question }.compactMap(\.answer)
      for answer in answers {
        let words = (example.passage ?? "").split { !$0.isLetter && !$0.isNumber && $0 != "," }
        let isHeld =
          answer.contains(" ")
          ? example.passage?.contains(answer) == true : words.contains { $0 == answer }
        #expect(!isHeld, "\(example)")
      }
    }
  }

  @Test func peopleQuestionsArePairedWithOtherPassages() {
    let questions = (0..<60).map { index in
      ReadingQuestion(
        question: "Who kept the lighthouse ledger of harbour \(index)?",
        text: "The lighthouse ledger of harbour \(index) was kept by Keeper\(index) for years. "
          + "Storms often reached the lighthouse and the harbour in the long winter months of the north. "
          + "Boats brought oil, bread and letters to the people who lived there.",
        answer: 0..<3,
        kind: "qed",
        source: "qed:\(index)"
      )
    }
    let made = ReadingMixture().human(questions)
    let none = made.examples.filter { $0.answer == nil }
    #expect(made.report.counts["qed"] == 60)
    #expect(none.allSatisfy { $0.kind == "qed-mismatch" || $0.kind == "qed-removed" })
    #expect(made.examples == ReadingMixture().human(questions).examples)
  }
}
