import Answering
import Attune
import Datasets
import Foundation
import Store
import TestSupport
import Testing

/// Examples in a workspace: brought in, decided on, divided, checked and written out.
@Suite struct WorkspaceDatasetTests {
  private func lines(_ count: Int, prefix: String = "") -> String {
    (0..<count).map { number in
      """
      {"messages": [{"role": "user", "content": "\(prefix)How high is mast number \(number)?"}, \
      {"role": "assistant", "content": "It is \(number + 10) m high."}]}
      """
    }.joined(separator: "\n")
  }

  @Test func filesAreImportedWholeOrNotAtAll() throws {
    let test = try TestWorkspace()
    let good = try test.write(lines(3) + "\nno json\n" + lines(2), to: "good.jsonl")
    let mixed = try test.write(
      lines(1) + "\n{\"instruction\": \"a\", \"output\": \"b\"}\n",
      to: "mixed.jsonl"
    )
    let workspace = try test.workspace()
    #expect(throws: DatasetError.self) { try workspace.importExamples(from: [good, mixed]) }
    #expect(try workspace.examples().isEmpty, "the first file is not taken alone")
    let report = try workspace.importExamples(from: [good], source: "masts", at: 5)
    #expect(report.added == 3 && report.known == 2)
    #expect(report.files.first?.format == .chat && report.files.first?.failureCount == 1)
    #expect(report.files.first?.failures.first?.line == 4)
    let examples = try workspace.examples()
    #expect(examples.allSatisfy { $0.example?.source?.document == "masts" && $0.createdAt == 5 })
    #expect(examples.allSatisfy { $0.state == .kept && !$0.isStale })
    #expect(try workspace.importExamples(from: [good]).added == 0)
    let name = #expect(throws: AttuneError.self) {
      try workspace.importExamples(from: [good], into: "../x")
    }
    #expect(name?.code == .datasetInvalid)
  }

  @Test func unknownNamesAreRefused() throws {
    let workspace = try TestWorkspace().workspace()
    let dataset = #expect(throws: AttuneError.self) { try workspace.examples(in: "nobody") }
    #expect(dataset?.code == .datasetUnknown)
    #expect(throws: AttuneError.self) { try workspace.removeDataset("nobody") }
    let example = #expect(throws: AttuneError.self) { try workspace.example("abc") }
    #expect(example?.code == .exampleUnknown)
    let answer = #expect(throws: AttuneError.self) {
      try workspace.giveFeedback(.good, onAnswer: "abc")
    }
    #expect(answer?.code == .answerUnknown)
    let empty = #expect(throws: DatasetError.self) { try workspace.splitDataset() }
    #expect(empty?.code == .empty)
    // The default dataset is there while it is empty.
    #expect(try workspace.datasets().map(\.name) == ["main"])
    #expect(try workspace.checkDataset().isWorthless)
  }

  @Test func aDatasetIsDividedAndItsVersionFollows() throws {
    let test = try TestWorkspace()
    let workspace = try test.workspace()
    try workspace.importExamples(from: [test.write(lines(100), to: "a.jsonl")])
    let first = try #require(try workspace.datasets().first)
    #expect(first.splits.unsplit == 100 && first.kept == 100)
    let divided = try workspace.splitDataset(seed: 3)
    #expect(divided.splits.unsplit == 0 && divided.splits.train > 60)
    #expect(divided.splits.validation > 2 && divided.splits.test > 2)
    #expect(divided.version.identifier != first.version.identifier)
    #expect(try workspace.splitDataset(seed: 3).version == divided.version)
    let before = try workspace.trainingExamples()
    #expect(before.version == divided.version && before.examples.count == 100)
    // New examples are divided; the old ones stay where they are.
    try workspace.importExamples(from: [test.write(lines(20, prefix: "And "), to: "b.jsonl")])
    try workspace.splitDataset(seed: 9)
    let after = try workspace.trainingExamples()
    #expect(Array(after.examples.prefix(100)) == before.examples)
    #expect(after.examples.allSatisfy { $0.split != nil })
  }

  @Test func decisionsCountForTraining() throws {
    let test = try TestWorkspace()
    let workspace = try test.workspace()
    let file = try test.write(lines(4), to: "a.jsonl")
    try workspace.importExamples(from: [file], state: .candidate)
    let ids = try workspace.examples().map(\.id)
    #expect(try workspace.trainingExamples().candidateCount == 4)
    try workspace.decide(.keep, on: ids[0])
    try workspace.decide(.drop, on: ids[1])
    let corrected = try workspace.decide(.correct("  Nobody knows. "), on: ids[2])
    #expect(corrected.example?.answer == "Nobody knows." && corrected.origin == .feedback)
    let training = try workspace.trainingExamples()
    #expect(training.examples.compactMap(\.answer) == ["It is 10 m high.", "Nobody knows."])
    #expect(training.identifiers == [ids[0], corrected.id] && training.candidateCount == 1)
    #expect(training.omissions.isEmpty)
    #expect(throws: AttuneError.self) { try workspace.decide(.correct(" "), on: ids[0]) }
    // What was dropped does not come up again.
    try workspace.importExamples(from: [file])
    #expect(try workspace.example(ids[1]).state == .dropped)
  }

  @Test func exportsHoldWhatWouldBeTrainedOn() throws {
    let test = try TestWorkspace()
    let workspace = try test.workspace()
    try workspace.importExamples(from: [test.write(lines(40), to: "a.jsonl")])
    try workspace.splitDataset()
    let file = test.folder.url.appendingPathComponent("out.jsonl")
    let all = try workspace.exportDataset(to: file, format: .attune)
    #expect(all.writtenCount == 40)
    let version = try workspace.trainingExamples().version
    try workspace.importExamples(from: [file], into: "copy")
    #expect(try workspace.trainingExamples(dataset: "copy").version == version)
    let test40 = try workspace.exportDataset(to: file, format: .chat, split: .test)
    #expect(test40.writtenCount == version.testCount)
    let folder = test.folder.url.appendingPathComponent("recipe")
    let files = try workspace.exportRecipe(
      TrainingRecipe(baseModel: "m"),
      for: .axolotl,
      to: folder
    )
    #expect(files.map(\.lastPathComponent).contains("axolotl.yaml"))
    let report = try workspace.writeReport(workspace.checkDataset(), of: "main")
    #expect(report.path.hasPrefix(workspace.layout.data.path))
    #expect(try String(contentsOf: report, encoding: .utf8).contains("main"))
    #expect(try workspace.removeDataset("copy") == 40)
    #expect(try workspace.datasets().map(\.name) == ["main"])
  }

  @Test func madeExamplesFollowTheirDocuments() async throws {
    let test = try TestWorkspace()
    try test.write(
      """
      # Masts

      The mast of the Silver Tern was raised in 1842. It carries 12 signal flags in all weather.

      The lens of the lamp room weighs 240 kg without its frame.

      """,
      to: "docs/masts.md"
    )
    try test.write("port,height\nOsterholm,4.2\nKelling,3.7\n", to: "docs/tides.csv")
    _ = try test.add("docs")
    try test.sync()
    let workspace = try test.workspace()
    let made = try await workspace.synthesizeExamples(SynthesisRequest(count: 50))
    #expect(made.added >= 4 && made.passages >= 3)
    let examples = try workspace.examples()
    #expect(examples.allSatisfy { !$0.isStale && $0.origin == .synthesized })
    for stored in examples {
      let example = try #require(stored.example)
      let answer = try #require(example.answer)
      #expect(example.passage?.contains(answer) == true)
      #expect(example.source?.place.hasPrefix("attune://docs/") == true)
    }
    #expect(examples.contains { $0.example?.source?.document == "attune://docs/tides.csv" })
    let again = try await workspace.synthesizeExamples(SynthesisRequest(count: 50))
    #expect(again.added == 0, "what is known is not made again")

    try test.write(
      "# Masts\n\nThe lens of the lamp room weighs 240 kg without its frame.\n",
      to: "docs/masts.md"
    )
    try test.sync()
    let training = try workspace.trainingExamples()
    #expect(!training.omissions.isEmpty)
    #expect(training.omissions.allSatisfy { $0.reason.contains("changed") })
    #expect(training.examples.allSatisfy { $0.passage?.contains("1842") != true })
    #expect(training.examples.contains { $0.source?.document == "attune://docs/tides.csv" })
    let count = training.omissions.count
    #expect(try workspace.removeStaleExamples() == count)
    #expect(try workspace.trainingExamples().omissions.isEmpty)
  }

  @Test func settingsThatMakeNoSenseAreRefused() async throws {
    let test = try TestWorkspace()
    let workspace = try test.workspace()
    await #expect(throws: DatasetError.self) {
      try await workspace.synthesizeExamples(SynthesisRequest(count: 0))
    }
    await #expect(throws: AttuneError.self, "nothing was taken in") {
      try await workspace.synthesizeExamples(SynthesisRequest())
    }
    await #expect(throws: AttuneError.self, "no generator is configured") {
      try await workspace.synthesizeExamples(SynthesisRequest(usesGenerator: true))
    }
    await #expect(throws: AttuneError.self, "no such source") {
      try await workspace.synthesizeExamples(SynthesisRequest(sources: ["nobody"]))
    }
  }
}
