import Attune
import Foundation
import LanguageModels
import Testing

/// How one answer is chosen among those of several passages.
@Suite struct AnswerEvidenceTests {
  private func reading(_ answers: [(String, Double)], none: Double) -> AnswerReading {
    AnswerReading(
      hypotheses: answers.map {
        AnswerReading.Hypothesis(
          pieces: [.copied(0..<$0.0.unicodeScalars.count)],
          text: $0.0,
          logProbability: log($0.1)
        )
      },
      logProbabilityOfNone: log(none),
      tokens: 10
    )
  }

  private func read(_ readings: [(AnswerReading, score: Double)]) -> ReadTask {
    ReadTask(
      task: ReadingTask(
        id: "1",
        question: "Who?",
        passages: readings.map { ReadingTask.Passage(text: "text", score: $0.score) },
        answers: [],
        isAnswerable: true
      ),
      readings: readings.map(\.0),
      seconds: 0
    )
  }

  @Test func likeliestAnswerIsChosenWhereNothingElseCounts() throws {
    let task = read([
      (reading([("Ada", 0.4)], none: 0.1), 0), (reading([("Bo", 0.5)], none: 0.4), 0),
    ])
    let choice = try #require(AnswerEvidence(none: 0, retrieval: 0).choose(from: task))
    #expect(choice.hypothesis.text == "Bo")
    #expect(choice.passage == 1)
  }

  @Test func passagesThatAnswerAlikeAddUp() throws {
    let task = read([
      (reading([("the Ada", 0.3)], none: 0.1), 0), (reading([("Bo", 0.5)], none: 0.1), 0),
      (reading([("ada", 0.35)], none: 0.1), 0),
    ])
    let choice = try #require(AnswerEvidence(none: 0, retrieval: 0).choose(from: task))
    #expect(choice.passage == 2)
    #expect(abs(choice.evidence - log(0.65)) < 1e-9)
  }

  @Test func doubtAndRetrievalCount() throws {
    let task = read([
      (reading([("Ada", 0.4)], none: 0.01), 0), (reading([("Bo", 0.5)], none: 0.4), 0),
      (reading([("Cy", 0.1)], none: 0.4), 1),
    ])
    #expect(AnswerEvidence(none: 1, retrieval: 0).choose(from: task)?.hypothesis.text == "Ada")
    #expect(AnswerEvidence(none: 0, retrieval: 9).choose(from: task)?.hypothesis.text == "Cy")
  }

  @Test func withoutAnswersNothingIsChosen() {
    #expect(AnswerEvidence(none: 0, retrieval: 0).choose(from: read([])) == nil)
    #expect(
      AnswerEvidence(none: 0, retrieval: 0).choose(from: read([(reading([], none: 1), 1)])) == nil
    )
  }

  @Test func impossibleAnswersStayFinite() throws {
    let task = read([(reading([("Ada", 0)], none: 0), 0)])
    let choice = try #require(AnswerEvidence(none: 1, retrieval: 1).choose(from: task))
    #expect(choice.evidence.isFinite)
  }
}
