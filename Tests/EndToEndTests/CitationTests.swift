import Foundation
import TestSupport
import Testing

/// Over the questions of the example company, every quote stands where its citation says, as another
/// program sees it that reads the original files and rows itself.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct CitationTests {
  private static let example = SharedData.packageRoot.appendingPathComponent("Examples/veldmark")
  private static let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/check-citations.py")

  /// Tables that are left out of the fast suite, because embedding their rows takes a minute.
  private static let largeTables = [
    "order_lines", "orders", "shipments", "devices", "service_visits", "calibrations", "tickets",
    "product_parts", "stock_levels",
  ]

  private func workspace() throws -> TestWorkspace {
    let workspace = try TestWorkspace()
    let parts =
      TestLength.isFull
      ? ["documents", "records", "data", "database/veldmark.sqlite"]
      : ["documents/handbook", "data", "database/veldmark.sqlite"]
    for part in parts {
      let target = workspace.data.appendingPathComponent(part)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try FileManager.default.copyItem(at: Self.example.appendingPathComponent(part), to: target)
    }
    if !TestLength.isFull {
      // The long machine logs say nothing that the questions ask for.
      for file in ["data/sensor-events-2031-02.jsonl"] { try workspace.delete(file) }
      let drops = Self.largeTables.map { "DROP TABLE \($0);" }.joined()
      try Tool.sql(
        "PRAGMA foreign_keys = OFF; \(drops)",
        on: workspace.data.appendingPathComponent("database/veldmark.sqlite")
      )
    }
    try workspace.add()
    return workspace
  }

  /// A hundred questions, spread evenly, that the parts in the fast suite answer.
  private func sample(of lines: [Substring]) -> [String] {
    let answerable = lines.map(String.init).filter { line in
      let place = JSON(text: line)["places"][0]
      let document = place["document"].string ?? ""
      if document.hasPrefix("database/") {
        return !Self.largeTables.contains(place["table"].string ?? "")
      }
      return ["documents/handbook/", "data/"].contains {
        document.hasPrefix($0)
      }
    }
    let step = max(1, answerable.count / 100)
    return stride(from: 0, to: answerable.count, by: step).prefix(100).map { answerable[$0] }
  }

  @Test("every citation is verified, and its quote is in the original")
  func citations() throws {
    let workspace = try workspace()
    let file = Self.example.appendingPathComponent("questions/questions.jsonl")
    let all = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let asked = TestLength.isFull ? all.map(String.init) : sample(of: all)
    let run = try workspace.run("ask", "--batch", "-", input: asked.joined(separator: "\n"))
    #expect(run.status == 0, "\(run)")
    #expect(run.jsonLines.count == asked.count)
    var count = 0
    for answer in run.jsonLines {
      for (index, citation) in answer["citations"].array.enumerated() {
        count += 1
        #expect(citation["verified"].bool == true, "\(citation)")
        #expect(answer["answer"].string?.contains("[\(citation["marker"].int ?? 0)]") == true)
        #expect(citation["marker"].int == index + 1, "\(answer)")
      }
    }
    #expect(count >= asked.count / 3, "only \(count) citations")
    let answers = try workspace.directory.write(run.output, to: "answers.jsonl")
    let script = try String(contentsOf: Self.checker, encoding: .utf8)
    let report = try Tool.python(script, answers.path, workspace.data.path)
    #expect(report == "checked \(count), wrong 0\n", "\(report)")
  }
}
