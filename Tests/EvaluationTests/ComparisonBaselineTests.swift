import Evaluation
import TestSupport
import Testing

@Suite struct ComparisonBaselineTests {
  private typealias Fixture = ComparisonFixture

  private let questions = Fixture.questions(documents: 15)

  private func baseline(_ isRight: (Int) -> Bool) throws -> ComparisonBaseline {
    let run = Fixture.run(Fixture.arm("base"), questions) { index, _ in isRight(index) }
    return try ComparisonBaseline(try Fixture.report(questions, [run]), arm: "base")
  }

  @Test func aDropIsFoundAndNamesItsQuestions() throws {
    let baseline = try baseline { _ in true }
    let run = Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 4 != 0 }
    let change = try baseline.change(to: run, questions: questions, seed: 1)
    #expect(change.isDrop && !change.isGain && change.pValue < 0.001)
    #expect(change.before == 1 && change.now == 0.75 && agree(change.difference.mean, -0.25))
    #expect(change.worse.count == 15 && change.better.isEmpty)
    #expect(change.worse.first == questions[0].id)
  }

  @Test func theSameAnswersAndSmallChangesAreNoDrop() throws {
    let baseline = try baseline { $0 % 2 == 0 }
    let same = Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 2 == 0 }
    #expect(try baseline.change(to: same, questions: questions, seed: 1).pValue == 1)
    let little = Fixture.run(Fixture.arm("base"), questions) { index, _ in
      index % 2 == 0 && index > 4
    }
    let change = try baseline.change(to: little, questions: questions, seed: 1)
    #expect(!change.isDrop && change.worse.count == 3 && change.difference.mean < 0)
    let better = Fixture.run(Fixture.arm("base"), questions) { _, _ in true }
    #expect(try baseline.change(to: better, questions: questions, seed: 1).isGain)
  }

  /// A question that was changed since is another question.
  @Test func onlyQuestionsThatAreTheSameAreCompared() throws {
    let baseline = try baseline { _ in true }
    var asked = questions
    asked[0].question = "In other words?"
    asked[1].answers = ["right", "correct"]
    asked.append(Question(id: "new", question: "?", answers: ["x"]))
    let run = Fixture.run(Fixture.arm("base"), Array(asked.dropFirst(4))) { _, _ in true }
    let change = try baseline.change(to: run, questions: asked, seed: 1)
    #expect(change.notInBaseline == 3 && change.notAnswered == 2)
    #expect(change.difference.questions == 56)
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    let run = Fixture.run(Fixture.arm("base"), questions) { _, _ in true }
    let report = try Fixture.report(questions, [run])
    #expect(throws: EvaluationError.self) { try ComparisonBaseline(report, arm: "both") }
    let baseline = try ComparisonBaseline(report, arm: "base")
    #expect(throws: EvaluationError.self) {
      try baseline.change(to: run, questions: Array(questions.prefix(4)), seed: 1)
    }
    let silent = Fixture.run(Fixture.arm("quiet"), []) { _, _ in true }
    let quiet = try Fixture.report(questions, [run, silent])
    #expect(throws: EvaluationError.self) { try ComparisonBaseline(quiet, arm: "quiet") }
  }
}
