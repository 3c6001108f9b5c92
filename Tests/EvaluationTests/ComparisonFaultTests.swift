import Evaluation
import Foundation
import TestSupport
import Testing

/// Runs that ended early, and questions that are too few.
@Suite struct ComparisonFaultTests {
  private typealias Fixture = ComparisonFixture

  @Test func anArmThatEndsEarlyIsReportedAndTheOthersFinish() throws {
    let questions = Fixture.questions(documents: 20)
    let broken = Fixture.run(
      Fixture.arm("server"),
      Array(questions.prefix(40)),
      failure: "The server went away"
    ) { index, _ in index % 4 == 0 }
    let report = try Fixture.report(
      questions,
      [
        Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 4 == 0 },
        broken,
        Fixture.run(Fixture.arm("both"), questions) { index, _ in index % 4 != 0 },
      ]
    )
    #expect(report.arms.map(\.answered) == [80, 40, 80])
    #expect(report.arms[1].failure == "The server went away")
    #expect(report.arms[1].measure(.right)?.questions == 40)
    // The finished arms are compared on everything, the broken one on what it answered.
    #expect(report.pairs.map(\.difference.questions) == [40, 80, 40])
    #expect(
      report.remarks.contains(
        "Server ended after 40 of 80 questions, and is compared on those: The server went away."
      )
    )
    #expect(report.questions[79].replies.map(\.arm) == ["base", "both"])
  }

  @Test func anArmWithoutCommonDocumentsIsLeftOutOfThePairs() throws {
    let questions = Fixture.questions(documents: 20)
    let report = try Fixture.report(
      questions,
      [
        Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 4 == 0 },
        Fixture.run(Fixture.arm("one"), Array(questions.prefix(3)), failure: "Stopped.") { _, _ in
          true
        },
        Fixture.run(Fixture.arm("none"), [], failure: "No model.") { _, _ in true },
        Fixture.run(Fixture.arm("both"), questions) { index, _ in index % 4 != 0 },
      ]
    )
    #expect(report.pairs.map { [$0.first, $0.second] } == [["base", "both"]])
    #expect(report.arms.count == 4 && report.arms[2].measures.isEmpty)
    #expect(report.remarks.contains { $0.hasPrefix("Base and One are not compared") })
    #expect(report.remarks.contains("None answered nothing and is not compared: No model."))
  }

  @Test func answersThatFailedCountAsWrongAndAreNamed() throws {
    let questions = Fixture.questions(documents: 12)
    var run = Fixture.run(Fixture.arm("base"), questions) { _, _ in true }
    var failed = Fixture.answer(questions[0].id, isRight: true, .failed)
    failed.fault = "Too long."
    run.seeds[0].answers[questions[0].id] = failed
    let report = try Fixture.report(questions, [run])
    #expect(agree(try #require(report.arms[0].measure(.right)).mean, 47.0 / 48))
    #expect(
      report.remarks.contains(
        "Base failed on 1 answer, counted as wrong, the first with: Too long."
      )
    )
  }

  @Test func oneDocumentGivesNoIntervalAndNoVerdict() throws {
    let questions = Fixture.questions(documents: 1, perDocument: 30)
    let runs = ["base", "both"].map { id in
      Fixture.run(Fixture.arm(id), questions) { _, _ in id == "both" }
    }
    let report = try Fixture.report(questions, runs)
    #expect(report.pairs.isEmpty && report.arms[1].measure(.right)?.mean == 1)
    #expect(report.arms[1].measure(.right)?.interval == nil)
    #expect(report.remarks.contains { $0.contains("about one document") })
  }

  /// Flipping the signs of three documents has eight outcomes, so p is never below a quarter.
  @Test func tooFewDocumentsShowNothingHoweverLargeTheDifference() throws {
    func report(documents: Int, arms: Int) throws -> ComparisonReport {
      let questions = Fixture.questions(documents: documents, perDocument: 10)
      let runs = (0..<arms).map { number in
        Fixture.run(Fixture.arm("arm\(number)"), questions) { _, _ in number == 0 }
      }
      return try Fixture.report(questions, runs)
    }
    let three = try report(documents: 3, arms: 2)
    #expect(three.pairs.first?.verdict == .notDistinguishable)
    #expect(three.pairs.first?.documentsMore == 3)
    #expect(three.remarks.contains { $0.contains("no difference can be shown on so few") })
    let six = try report(documents: 6, arms: 2)
    #expect(six.pairs.first?.verdict == .firstBetter)
    #expect(six.remarks.contains { $0.contains("large differences can be shown") })
    // With more pairs to correct for, six are too few again.
    #expect(
      try report(documents: 6, arms: 4).pairs.allSatisfy { $0.verdict == .notDistinguishable }
    )
  }

  @Test func nothingToCompareIsRefusedWithARemedy() throws {
    let questions = Fixture.questions(documents: 2)
    let run = Fixture.run(Fixture.arm("base"), questions) { _, _ in true }
    #expect(throws: EvaluationError.self) { try Fixture.report([], [run]) }
    #expect(throws: EvaluationError.self) { try Fixture.report(questions, [run, run]) }
    #expect(try Fixture.report(questions, []).arms.isEmpty)
    // A question that stands twice counts once.
    #expect(try Fixture.report(questions + questions, [run]).arms[0].answered == 8)
  }

  @Test func aReportReadsBackAsItWasWritten() throws {
    let questions = Fixture.questions(documents: 12)
    let runs = [2, 3].map { step in
      Fixture.run(Fixture.arm("arm\(step)"), questions) { index, _ in index % step == 0 }
    }
    let report = try Fixture.report(questions, runs)
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(ComparisonReport.self, from: data) == report)
    #expect(try Fixture.report(questions, runs) == report)
  }
}
