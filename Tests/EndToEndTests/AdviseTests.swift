import Foundation
import Testing

/// Advice on reports that lie in a workspace, through the program.
@Suite(.enabled(if: AttuneProgram.isThere, "needs the built program"))
struct AdviseTests {
  private let workspace: TestWorkspace

  init() throws { workspace = try TestWorkspace() }

  /// Two arms, of which the one with documents is shown to be better.
  private static func report(name: String, right: Double) -> String {
    func arm(_ id: String, _ title: String, retrieves: Bool, right: Double) -> String {
      """
      {"arm": {"id": "\(id)", "title": "\(title)", "kind": "\(id)", "retrieves": \(retrieves),
      "isTuned": false, "generator": "model"}, "seeds": [0], "answered": 120,
      "measures": {"right": {"mean": \(right), "questions": 120, "clusters": 20}},
      "transparency": {"source": \(retrieves ? 1 : 0), "training": 0, "neither": 0},
      "cost": {"medianMilliseconds": 300, "p95Milliseconds": 500, "promptTokens": 10,
      "completionTokens": 5, "resources": {"indexingSeconds": 5, "trainingSeconds": 0,
      "trainingExamples": 0, "peakMemory": 0}}}
      """
    }
    let difference = right - 0.1
    return """
      {"version": 1, "name": "\(name)", "created": "2025-05-01T12:00:00Z",
      "data": {"source": "q.jsonl", "questions": 120, "answerable": 120, "unanswerable": 0,
      "clusters": 20, "excluded": [], "trainingExamples": 0},
      "arms": [\(arm("base", "Base", retrieves: false, right: 0.1)),
      \(arm("retrieval", "Retrieval", retrieves: true, right: right))],
      "pairs": [{"first": "base", "second": "retrieval", "difference": {"mean": \(-difference),
      "standardError": 0.05, "confidence": 0.95, "lower": \(-difference - 0.1),
      "upper": \(-difference + 0.1), "degreesOfFreedom": 19, "pValue": 0.001, "questions": 120,
      "clusters": 20, "sizeVariation": 0, "step": 1}, "pValue": 0.001, "correctedPValue": 0.001,
      "verdict": "second-better",
      "minimalDetectableDifference": 0.14, "isForThisAdapter": false, "sentence": ""}],
      "kinds": [], "questions": [], "remarks": []}
      """
  }

  private func place(_ name: String) throws -> URL {
    let folder = workspace.kept.appendingPathComponent("reports/\(name)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appendingPathComponent("report.json")
  }

  /// Writes a report that is so many seconds old.
  private func keep(_ name: String, right: Double, age: Double) throws {
    let url = try place(name)
    try Data(Self.report(name: name, right: right).utf8).write(to: url)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -age)],
      ofItemAtPath: url.path
    )
  }

  @Test("the latest comparison is weighed, or the one that is named")
  func latestAndNamed() throws {
    try keep("older", right: 0.5, age: 200)
    try keep("newer", right: 0.7, age: 100)
    let latest = try workspace.run("advise")
    #expect(latest.status == 0, "\(latest)")
    #expect(latest.output.contains("Retrieval is recommended"), "\(latest)")
    #expect(latest.output.contains("70%") && latest.output.contains("Next: "), "\(latest)")
    let named = try workspace.run("advise", "older", "--json")
    #expect(named.json["comparison"].string == "older", "\(named)")
    #expect(named.json["arm"].string == "retrieval")
    let path = try workspace.run("advise", ".attune/reports/newer/report.json", "--json")
    #expect(path.json["comparison"].string == "newer", "\(path)")
  }

  @Test("weights of attune.yaml and of the option turn the advice")
  func weights() throws {
    try keep("one", right: 0.5, age: 0)
    let option = try workspace.run("advise", "--json", "--weights", "effort=1000")
    #expect(option.json["arm"].string == "base", "\(option)")
    let file = workspace.root.appendingPathComponent("attune.yaml")
    var text = try String(contentsOf: file, encoding: .utf8)
    text += "\nadvice: {effort: 1000}\n"
    try Data(text.utf8).write(to: file)
    #expect(try workspace.run("advise", "--json").json["arm"].string == "base")
    let both = try workspace.run("advise", "--json", "--weights", "effort=1")
    #expect(both.json["arm"].string == "retrieval", "\(both)")
  }

  @Test("a weight that cannot be is wrong usage, and says what to write")
  func wrongWeights() throws {
    let run = try workspace.run("advise", "--weights", "speed=2")
    #expect(run.status == 2, "\(run)")
    #expect(run.errors.contains("“speed”") && run.errors.contains("latency"), "\(run)")
  }

  @Test("without a report, with a newer one and with a damaged one, it says what to do")
  func missingAndDamaged() throws {
    let none = try workspace.run("advise")
    #expect(none.status == 3 && none.errors.contains("attune compare"), "\(none)")
    let unknown = try workspace.run("advise", "first")
    #expect(unknown.status == 3 && unknown.errors.contains("“first”"), "\(unknown)")

    let url = try place("one")
    let report = Self.report(name: "one", right: 0.5)
    try Data(report.replacingOccurrences(of: "\"version\": 1", with: "\"version\": 9").utf8)
      .write(to: url)
    let newer = try workspace.run("advise")
    #expect(newer.status == 3 && newer.errors.contains("version 9"), "\(newer)")
    try Data(report.prefix(report.count / 2).utf8).write(to: url)
    let damaged = try workspace.run("advise")
    #expect(damaged.status == 3, "\(damaged)")
    #expect(damaged.errors.contains("report.json") && damaged.errors.contains("cause:"))
  }
}
