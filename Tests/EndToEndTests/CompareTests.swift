import Foundation
import TestSupport
import Testing

/// `attune compare` as a user runs it: it ends, can be killed at any moment, and says the same.
@Suite(
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(
    if: AttuneProgram.hasAnswerModel,
    "needs the answer model, built into the program's folder"
  )
)
struct CompareTests {
  private static let things = ["kiln", "crane", "ferry", "beacon", "winch", "sluice"]

  /// Six documents, with a question on each to train with and one to ask.
  private func company() throws -> (workspace: TestWorkspace, questions: String) {
    let workspace = try TestWorkspace()
    var lines: [String] = []
    for (index, thing) in Self.things.enumerated() {
      try workspace.write(
        """
        # The \(thing)

        The \(thing) was built in \(1900 + 7 * index). Its keeper is Ada Roe\(index).

        """,
        to: "\(thing).md"
      )
      let place = #""places": [{"document": "\#(thing).md"}]"#
      lines.append(
        """
        {"id": "a\(index)", "question": "When was the \(thing) built?", "split": "train", \
        "answers": ["\(1900 + 7 * index)"], \(place)}
        """
      )
      lines.append(
        """
        {"id": "b\(index)", "question": "Who looks after the \(thing)?", "split": "test", \
        "answers": ["Ada Roe\(index)"], \(place)}
        """
      )
    }
    let questions = workspace.root.appendingPathComponent("questions.jsonl")
    try Data(lines.joined(separator: "\n").utf8).write(to: questions)
    try workspace.add()
    return (workspace, questions.path)
  }

  /// Everything of a report that a machine's load does not decide.
  private func state(_ run: Run) -> [String] {
    let report = run.json["report"]
    let replies = report["questions"].array.flatMap { question in
      question["replies"].array.map { reply in
        [
          question["id"], reply["arm"], reply["answer"]["outcome"], reply["answer"]["answer"],
          reply["scores"]["right"],
        ].map { "\($0)" }.joined(separator: " ")
      }
    }
    return replies + report["pairs"].array.map { "\($0["sentence"].string ?? "")" }
  }

  @Test("four arms are compared, the page stands beside the figures, and advice follows")
  func compares() throws {
    let (workspace, questions) = try company()
    let run = try workspace.run("compare", questions, "--epochs", "1", "--json")
    #expect(run.status == 0, "\(run)")
    let report = run.json["report"]
    #expect(report["arms"].array.map { $0["arm"]["id"].string } == Self.arms, "\(run)")
    #expect(report["arms"].array.allSatisfy { $0["answered"].int == 6 }, "\(run)")
    let folder = try #require(run.json["folder"].string)
    let page = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
    #expect(page.contains("Who looks after the kiln?") && !page.contains("src=\"http"))
    let advice = try workspace.run("advise", "--json")
    #expect(advice.status == 0 && Self.arms.contains(advice.json["arm"].string), "\(advice)")

    // A regression test of the same questions finds no change.
    let baseline = try workspace.run(
      "evaluate",
      "--baseline",
      folder + "/report.json",
      "--arm",
      "retrieval",
      "--json"
    )
    #expect(baseline.status == 0, "\(baseline)")
    #expect(baseline.json["worse"].array.isEmpty && baseline.json["better"].array.isEmpty)
  }

  private static let arms: [String?] = ["base", "retrieval", "fine-tuned", "both"]

  @Test("kill -9 at random moments: the same command ends with the same report")
  func killed() throws {
    let (workspace, questions) = try company()
    let clock = ContinuousClock()
    var expected: [String] = []
    let time = try clock.measure {
      let run = try workspace.run("compare", questions, "--epochs", "1", "--json")
      #expect(run.status == 0, "\(run)")
      expected = state(run)
    }
    #expect(expected.count > 24)
    var random = SplitMix64(seed: 20)
    var stopped = 0
    for _ in 0..<(TestLength.isFull ? 20 : 2) {
      let (workspace, questions) = try company()
      let moment = time * random.unit()
      let process = try workspace.start("compare", questions, "--epochs", "1", "--json")
      let began = clock.now
      while process.isRunning, clock.now - began < moment { usleep(500) }
      process.kill9()
      if try process.wait().signal == SIGKILL { stopped += 1 }
      let next = try workspace.run("compare", questions, "--epochs", "1", "--json")
      #expect(next.status == 0, "killed after \(moment): \(next)")
      #expect(state(next) == expected, "killed after \(moment)")
    }
    #expect(stopped > 0, "no comparison was caught at work")
  }

  @Test("what cannot be compared is said, with what to do")
  func faults() throws {
    let (workspace, questions) = try company()
    let missing = try workspace.run("compare", "no-such-file.jsonl")
    #expect(missing.status == 3 && missing.errors.contains("no-such-file.jsonl"), "\(missing)")
    let nothing = try workspace.run("compare", questions, "--split", "moon")
    #expect(nothing.status == 3 && nothing.errors.contains("moon"), "\(nothing)")
    let arm = try workspace.run("compare", questions, "--arm", "nobody")
    #expect(arm.status == 2 && arm.errors.contains("nobody"), "\(arm)")
    let none = try workspace.run("compare")
    #expect(none.status == 2, "\(none)")
  }
}
