import Answering
import Attune
import Datasets
import Documents
import Foundation
import Knowledge
import Store
import TestSupport
import Testing

/// What people say about answers, and the examples that come of it.
@Suite struct FeedbackTests {
  /// A workspace with one document and an answer that quotes it.
  private struct Fixture {
    let test: TestWorkspace
    let workspace: Workspace
    let passage: StoredPassage

    init(outcome: String? = "Keepers get 31 days of leave. [1]") throws {
      test = try TestWorkspace()
      try test.write("Keepers get 31 days of leave. Days are counted in spring.\n", to: "d/a.txt")
      _ = try test.add("d")
      try test.sync()
      workspace = try test.workspace()
      let store = try test.store()
      let document = try #require(try store.documents(matching: SearchFilter()).first)
      passage = try #require(try store.passages(ofDocument: document.id, ordinals: 0..<1).first)
      let quote = "Keepers get 31 days of leave."
      let citation = Citation(
        marker: 1,
        passage: passage.id,
        url: passage.url,
        document: "a.txt",
        location: Location(characters: 0..<29, origin: .bytes(0..<29)),
        column: nil,
        quote: quote,
        verified: true
      )
      let citations = outcome == nil ? [] : [citation]
      try store.save(
        AnswerRecord(
          id: "abc123",
          createdAt: 1,
          question: "How many days of leave?",
          answer: outcome ?? "The data does not answer this.",
          citations: String(decoding: try JSONEncoder().encode(citations), as: UTF8.self),
          trace: "{}",
          passages: [passage.id]
        )
      )
    }

    func give(_ verdict: Feedback.Verdict) throws -> FeedbackReceipt {
      try workspace.giveFeedback(verdict, onAnswer: "abc", at: 9)
    }
  }

  @Test func aGoodAnswerIsKept() throws {
    let fixture = try Fixture()
    let receipt = try fixture.give(.good)
    #expect(receipt.answer == "abc123" && receipt.state == .kept)
    let stored = try #require(try fixture.workspace.examples().first)
    #expect(stored.id == receipt.example && stored.origin == .asked && stored.answer == "abc123")
    let example = try #require(stored.example)
    #expect(example.answer == "Keepers get 31 days of leave.", "without markers")
    #expect(example.passage == fixture.passage.passage.text)
    #expect(example.source?.document == "attune://d/a.txt")
    #expect(try fixture.give(.good) == receipt)
    #expect(try fixture.workspace.examples().count == 1)
  }

  @Test func aBadAnswerIsDroppedAndMayBeTakenBack() throws {
    let fixture = try Fixture()
    #expect(try fixture.give(.bad).state == .dropped)
    #expect(try fixture.workspace.trainingExamples().examples.isEmpty)
    #expect(try fixture.give(.good).state == .kept)
    #expect(try fixture.workspace.trainingExamples().examples.count == 1)
  }

  @Test func aCorrectionTakesTheAnswersPlace() throws {
    let fixture = try Fixture()
    let receipt = try fixture.give(.correction(" 31 days of leave. "))
    let training = try fixture.workspace.trainingExamples()
    #expect(training.identifiers == [receipt.example])
    let example = try #require(training.examples.first)
    #expect(example.answer == "31 days of leave." && example.origin == .feedback)
    #expect(example.question == "How many days of leave?")
    #expect(example.passage == fixture.passage.passage.text, "the passage holds the correction")
    // Another correction takes the place of the first, and approval of both.
    _ = try fixture.give(.correction("Thirty-five, by the new contract."))
    let other = try fixture.workspace.trainingExamples().examples
    #expect(other.compactMap(\.answer) == ["Thirty-five, by the new contract."])
    #expect(other.first?.passage == nil, "no passage that was found says so")
    _ = try fixture.give(.good)
    let last = try fixture.workspace.trainingExamples().examples
    #expect(last.compactMap(\.answer) == ["Keepers get 31 days of leave."])
    let error = #expect(throws: AttuneError.self) { try fixture.give(.correction(" \n")) }
    #expect(error?.code == .feedbackInvalid)
  }

  @Test func anAbstentionGivesNoExampleUnlessItIsCorrected() throws {
    let fixture = try Fixture(outcome: nil)
    #expect(try fixture.give(.good).example == nil)
    #expect(try fixture.workspace.examples().isEmpty)
    #expect(try fixture.give(.correction("31 days")).state == .kept)
    #expect(try fixture.workspace.examples().count == 1)
    #expect(try fixture.give(.bad).example == nil)
    #expect(try fixture.workspace.examples().isEmpty)
  }

  @Test func anAnswerWhoseDocumentChangedKeepsTheJudgementAlone() throws {
    let fixture = try Fixture()
    _ = try fixture.give(.good)
    try fixture.test.write("Nothing of that.\n", to: "d/a.txt")
    try fixture.test.sync()
    #expect(try fixture.workspace.trainingExamples().omissions.count == 1)
    #expect(try fixture.give(.bad).example == nil)
    let stale = try #require(try fixture.workspace.examples().first)
    let error = #expect(throws: AttuneError.self) {
      try fixture.workspace.decide(.keep, on: stale.id)
    }
    #expect(error?.code == .exampleForgotten)
    #expect(try fixture.workspace.decide(.drop, on: stale.id).state == .dropped)
  }

  @Test func everyAnswerIsACandidateOnce() async throws {
    let test = try TestWorkspace()
    try test.write("The ferret sleeps in the lamp room. It wakes at noon.\n", to: "d/a.txt")
    _ = try test.add("d")
    try test.sync()
    let session = try test.session()
    var answered = 0
    for _ in 0..<2 {
      for question in ["Where does the ferret sleep?", "What does a helicopter cost?"] {
        let answer = try await session.ask(question)
        if answer.outcome == .answered { answered += 1 }
      }
    }
    let candidates = try test.workspace().examples()
    #expect(candidates.count == (answered > 0 ? answered / 2 : 0))
    #expect(candidates.allSatisfy { $0.state == .candidate && $0.origin == .asked })
  }
}
