import Attune
import Evaluation
import FineTuning
import Foundation
import TestSupport
import Testing

/// `attune compare`, on a small company with an answer model that has learnt nothing.
@Suite(.enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"))
struct ComparisonTests {
  private let workspace: TestWorkspace
  private let boats = ["Sea Lark", "Grey Plover", "Old Tern", "Blue Gannet", "Red Knot", "Dunlin"]

  /// Six documents on boats, a question on each to train with, and two to ask.
  init() throws {
    workspace = try TestWorkspace()
    try FreshAnswerModel.write(
      to: workspace.root.appending(path: ".attune/models/\(ModelLibrary.answerModelName)")
    )
    for (index, boat) in boats.enumerated() {
      try workspace.write(
        "# \(boat)\n\nThe \(boat) lies at berth \(index + 11). Its skipper is Ada Roe \(index + 1).\n",
        to: "boats/boat-\(index + 1).md"
      )
    }
    _ = try workspace.add("boats")
    try workspace.sync()
  }

  private func line(
    _ id: String,
    _ question: String,
    _ answers: [String],
    _ document: Int?,
    split: String
  ) -> String {
    let quoted = answers.map { "\"\($0)\"" }.joined(separator: ", ")
    let place = document.map {
      #", "places": [{"document": "boats/boat-\#($0).md", "quote": "\#(answers.first ?? "")"}]"#
    }
    return
      #"{"id": "\#(id)", "question": "\#(question)", "answers": [\#(quoted)], "split": "\#(split)""#
      + #"\#(place ?? ""), "topic": "t\#(id)"}"#
  }

  /// The question file, with further lines.
  private func questions(_ more: [String] = []) throws -> URL {
    let train = boats.enumerated().map { index, boat in
      line(
        "a\(index)",
        "Where does the \(boat) lie?",
        ["berth \(index + 11)"],
        index + 1,
        split: "train"
      )
    }
    let test = boats.enumerated().map { index, boat in
      line(
        "b\(index)",
        "Who is the skipper of \(boat)?",
        ["Ada Roe \(index + 1)"],
        index + 1,
        split: "test"
      )
    }
    let none = [line("c0", "How much fuel is in the harbour's tank?", [], nil, split: "test")]
    return try workspace.write((train + test + none + more).joined(separator: "\n"), to: "q.jsonl")
  }

  private func request(_ more: [String] = []) throws -> ComparisonRequest {
    var request = ComparisonRequest(questions: .file(try questions(more).path))
    request.memory.length = .steps(2)
    request.reading.length = .steps(2)
    return request
  }

  private func comparison(_ request: ComparisonRequest) throws -> Comparison {
    try workspace.workspace().comparison(
      request,
      session: workspace.session(),
      now: { Date(timeIntervalSince1970: 0) }
    )
  }

  /// A report without what the machine's load decides.
  private func withoutTimes(_ report: ComparisonReport) -> ComparisonReport {
    var report = report
    for index in report.arms.indices {
      report.arms[index].cost.medianMilliseconds = 0
      report.arms[index].cost.p95Milliseconds = 0
      report.arms[index].cost.resources = ArmResources()
    }
    for index in report.questions.indices {
      for reply in report.questions[index].replies.indices {
        report.questions[index].replies[reply].answer.milliseconds = 0
        report.questions[index].replies[reply].answer.memory = 0
      }
    }
    return report
  }

  @Test func fourArmsAreAskedTheSameQuestions() async throws {
    let comparison = try comparison(try request())
    let finished = try await comparison.run(stop: StopRequest()) { _ in }
    let report = try #require(finished)
    #expect(report.arms.map(\.id) == ["base", "retrieval", "fine-tuned", "both"])
    #expect(report.arms.allSatisfy { $0.answered == 7 && $0.failure == nil })
    #expect(report.data.questions == 7)
    #expect(report.data.unanswerable == 1)
    #expect(report.data.trainingExamples == 6)
    #expect(report.pairs.count == 6)
    #expect(report.questions.allSatisfy { $0.replies.count == 4 })
    // Those that read cite; those that do not cannot.
    for question in report.questions {
      for reply in question.replies where reply.arm == "base" || reply.arm == "fine-tuned" {
        #expect(reply.answer.citations.isEmpty)
      }
    }
    let cited = report.questions.flatMap(\.replies).filter { $0.arm == "retrieval" }
      .flatMap(\.answer.citations)
    #expect(cited.contains { $0.document.hasPrefix("boat-") })
    // The adapters are the workspace's, to be looked at and used.
    let names = try workspace.workspace().adapters.all().map(\.name)
    #expect(names.count == 2)
    #expect(names.allSatisfy { $0.hasPrefix(comparison.name) })
  }

  @Test func askingAgainAsksNothingAgain() async throws {
    let request = try request()
    let first = try await comparison(request).run(stop: StopRequest()) { _ in }
    var asked = 0
    let second = try await comparison(request).run(stop: StopRequest()) { phase in
      if case .asking = phase { asked += 1 }
      if case .training = phase { asked += 1 }
    }
    #expect(asked == 0)
    #expect(first == second)
  }

  @Test func aComparisonIsKnownByWhatCountsForIt() throws {
    var request = try request()
    let name = try comparison(request).name
    // The same file by another path, and what only adds to the comparison.
    let file = workspace.folder.url.appending(path: "boats/../q.jsonl").path
    request.questions = .file(file)
    request.seeds = 3
    request.measuresLearning = true
    request.changes = "later"
    #expect(try comparison(request).name == name)
    request.memory.learningRate /= 2
    #expect(try comparison(request).name != name)
  }

  @Test(arguments: [1, 5, 9, 12, 20, 27])
  func whatWasStoppedGoesOnToTheSameReport(_ moment: Int) async throws {
    let request = try request()
    let stop = StopRequest()
    var phases = 0
    let stopped = try await comparison(request).run(stop: stop) { _ in
      phases += 1
      if phases == moment { stop.stop() }
    }
    #expect(stopped == nil)
    // A line that was cut off by the end of the process.
    let runs = workspace.root.appending(path: ".attune/runs")
    let journals =
      (FileManager.default.enumerator(at: runs, includingPropertiesForKeys: nil)?
      .allObjects as? [URL] ?? []).filter { $0.lastPathComponent.hasSuffix("-0.jsonl") }
    for journal in journals {
      let data = try Data(contentsOf: journal)
      try (data + Data(#"{"question": "b"#.utf8)).write(to: journal)
    }
    let resumed = try await comparison(request).run(stop: StopRequest()) { _ in }
    let other = try ComparisonTests()
    let whole = try await other.comparison(other.request()).run(stop: StopRequest()) { _ in }
    var expected = withoutTimes(try #require(whole))
    expected.name = try #require(resumed).name
    #expect(withoutTimes(try #require(resumed)).questions == expected.questions)
    #expect(
      withoutTimes(try #require(resumed)).arms.map(\.measures) == expected.arms.map(\.measures)
    )
  }

  @Test func laterEditionsAreReadInACopyWithTheSourcesSettings() async throws {
    let file = workspace.configuration
    let text = try String(contentsOf: file, encoding: .utf8)
    let settings = "\n    groups: [crew]\n    folders: { \"logs\": [officers] }\n    every: 90\n"
    try Data(text.replacing("\n\nmodels:", with: settings + "\nmodels:").utf8).write(to: file)
    let source = try #require(try workspace.workspace().configuration.sources.first)
    try #require(source.groups == ["crew"] && source.folders == ["logs": ["officers"]])
    try workspace.write(
      "# Sea Lark\n\nThe Sea Lark lies at berth 11. Its skipper is Tom Hale.\n",
      to: "later/boats/boat-1.md"
    )
    try workspace.write(
      #"{"document": "boats/boat-1.md", "questions": ["b0"], "old_answers": ["Ada Roe 1"], "#
        + #""new_answers": ["Tom Hale"]}"# + "\n",
      to: "later/changes.jsonl"
    )
    var request = try request()
    request.changes = workspace.folder.url.appending(path: "later").path
    let comparison = try comparison(request)
    let copy = workspace.root.appending(path: ".attune/runs/\(comparison.name)/freshness")
    var copied: WorkspaceConfiguration.Source?
    let report = try await comparison.run(stop: StopRequest()) { _ in
      let file = copy.appending(path: "workspace/attune.yaml")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
      copied = try WorkspaceConfiguration(yaml: text, path: file.path).sources.first
    }
    let freshness = try #require(report?.freshness)
    #expect(freshness.questions == 1 && freshness.documents == 1)
    let retrieval = try #require(freshness.arms.first { $0.arm == "retrieval" })
    #expect(retrieval.atOnce.mean == 0 && retrieval.afterSync.mean == 1, "\(retrieval)")
    var expected = source
    expected.path = copy.appending(path: "sources/boats").path
    #expect(copied == expected)
    #expect(!FileManager.default.fileExists(atPath: copy.path))
    let original = workspace.folder.url.appending(path: "boats/boat-1.md")
    #expect(try String(contentsOf: original, encoding: .utf8).contains("Ada Roe 1"))
  }

  @Test func whatIsTrainedOnIsNotAsked() throws {
    let planted = [
      line("d1", "Where does the Sea Lark lie?", ["berth 11"], 1, split: "test"),
      line("d2", "where does the grey plover lie", ["berth 12"], 2, split: "test"),
      line("d3", "Who is the skipper of Dunlin?", ["Ada Roe 6"], 6, split: "test"),
      #"{"id": "d4", "question": "What else?", "answers": [], "kind": "lookup", "split": "test"}"#,
    ]
    let data = try comparison(try request(planted)).data
    #expect(data.questions == 7)
    #expect(
      data.excluded.map { [$0.question, $0.reason.rawValue] }
        == [["d1", "trained"], ["d2", "trained"], ["d3", "duplicate"], ["d4", "no-answer"]]
    )
    #expect(data.excluded[1].like == "Where does the Grey Plover lie?")
  }

  @Test func anArmThatFailsLeavesTheOthers() async throws {
    var request = try request()
    request.arms = [
      ArmRecipe.standard[0], try ArmRecipe("other:model=no-such-model,retrieval=yes"),
    ]
    let report = try #require(try await comparison(request).run(stop: StopRequest()) { _ in })
    #expect(report.arms[0].failure == nil)
    #expect(report.arms[0].answered == 7)
    #expect(report.arms[1].failure?.contains("no-such-model") == true)
  }

  @Test func placesThatAreNotThereAreSaid() async throws {
    let lost = line("e1", "How deep is the dock?", ["9 m"], 99, split: "test")
    var request = try request([lost])
    request.arms = [ArmRecipe.standard[1]]
    let report = try #require(try await comparison(request).run(stop: StopRequest()) { _ in })
    #expect(report.remarks.contains { $0.contains("boats/boat-99.md") })
  }

  @Test func aNameIsForOneComparison() throws {
    var request = try request()
    request.name = "harbour"
    _ = try comparison(request)
    _ = try comparison(request)
    request.limit = 3
    #expect(throws: AttuneError.self) { try comparison(request) }
  }

  @Test func removingASourceRemovesWhatComparisonsKept() async throws {
    var request = try request()
    request.arms = [ArmRecipe.standard[1]]
    let comparison = try comparison(request)
    let report = try #require(try await comparison.run(stop: StopRequest()) { _ in })
    let folder = try workspace.workspace().write(report, page: "<p>Ada Roe 1</p>")
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "report.json").path))
    _ = try workspace.workspace().removeSource(named: "boats")
    #expect(!FileManager.default.fileExists(atPath: folder.path))
    let runs = workspace.root.appending(path: ".attune/runs/\(comparison.name)")
    #expect(!FileManager.default.fileExists(atPath: runs.path))
  }

  @Test(arguments: [
    "nobody", "a b:model=x", "x:model", "x:speed=3", ":model=x", "x:retrieval=often",
  ])
  func anArmThatIsNoneIsRefused(_ text: String) {
    #expect(throws: AttuneError.self) { try ArmRecipe(text) }
  }

  @Test func anArmIsReadAsItIsWritten() throws {
    let arm = try ArmRecipe("big-one:model=Qwen3-4B,adapter=support-2,retrieval=no")
    #expect(arm.id == "big-one")
    #expect(arm.model == "Qwen3-4B")
    #expect(arm.weights == .adapter("support-2"))
    #expect(!arm.retrieves)
    #expect(try ArmRecipe("both") == ArmRecipe.standard[3])
  }
}
