import Foundation
import TestSupport
import Testing

/// An embedder and a reranker tuned, stopped, resumed, gone on with and used, through the program alone.
@Suite(.enabled(if: AttuneProgram.hasModel, "needs the embedding model"))
struct TuneRankingTests {
  private static let things = [
    "kiln", "crane", "ferry", "beacon", "winch", "sluice", "buoy", "tide mill", "rope walk",
    "slipway",
    "lighthouse", "dry dock",
  ]
  private let workspace: TestWorkspace

  /// Each thing in a document of its own, with questions on it.
  init() throws {
    workspace = try TestWorkspace()
    for (index, thing) in Self.things.enumerated() {
      try workspace.write("# The \(thing)\n\n\(Self.passage(index))\n", to: "things/\(thing).md")
    }
    let run = try workspace.run("add", workspace.data.appendingPathComponent("things").path)
    try #require(run.status == 0, "\(run)")
    try write(questions: 0..<3)
  }

  private static func passage(_ index: Int) -> String {
    "The \(things[index]) was built in \(1900 + 7 * index). Its keeper is Ada Roe\(index)."
  }

  /// Writes questions in some wordings, each with the passage that answers it.
  private func write(questions wordings: Range<Int>) throws {
    var lines: [String] = []
    for (index, thing) in Self.things.enumerated() {
      let wording = [
        "When was the \(thing) built?", "Who looks after the \(thing)?",
        "In what year did they finish the \(thing)?", "Name the keeper of the \(thing).",
      ]
      for question in wording[wordings] {
        lines.append(
          #"{"messages": [{"role": "user", "content": "\#(question)"}, "#
            + #"{"role": "assistant", "content": "See the page."}], "origin": "imported", "#
            + #""passage": "\#(Self.passage(index))", "#
            + #""source": {"place": "p\#(index)", "document": "d\#(index)"}}"#
        )
      }
    }
    try workspace.write(lines.joined(separator: "\n") + "\n", to: "questions.jsonl")
  }

  private func arguments(_ role: String, _ name: String, _ more: [String]) -> [String] {
    [
      "tune", role, "--data", workspace.data.appendingPathComponent("questions.jsonl").path,
      "--name", name, "--steps", "6", "--batch", "4", "--rank", "2", "--json",
    ] + more
  }

  private func tune(_ role: String, _ name: String, _ more: String...) throws -> Run {
    try AttuneProgram.run(
      arguments(role, name, more),
      in: workspace.root,
      environment: workspace.environment
    )
  }

  private func weights(_ name: String, _ file: String = "adapter_model.safetensors") throws -> Data
  {
    try Data(contentsOf: workspace.kept.appendingPathComponent("adapters/\(name)/\(file)"))
  }

  @Test("a reranker is estimated, trained, measured, used in searches and answers, and taken out")
  func reranker() throws {
    let estimate = try tune("reranker", "order", "--estimate")
    try #require(estimate.status == 0, "\(estimate)")
    #expect(estimate.json["seconds"].double ?? 0 > 0 && estimate.json["bytes"].double ?? 0 > 1e7)
    #expect(estimate.json["steps"].int == 6)

    let run = try tune("reranker", "order", "--weight", "0.5")
    try #require(run.status == 0, "\(run)")
    let adapter = run.json["adapter"]
    #expect(adapter["role"].string == "reranker" && adapter["strength"].double == 0.5)
    #expect(adapter["retrieval"]["questions"].int ?? 0 > 0)
    #expect(adapter["seconds_per_question"].double ?? 0 > 0)
    #expect(run.json["activated"].bool == false)

    func scores() throws -> [Double?] {
      let found = try workspace.run(
        "search",
        "Who looks after the winch?",
        "--json",
        "--limit",
        "5"
      )
      try #require(found.status == 0, "\(found)")
      return found.json["results"].array.map { $0["scores"]["reranker"].double }
    }
    #expect(try scores().allSatisfy { $0 == nil })
    #expect(try workspace.run("adapters", "activate", "order").status == 0)
    let read = try scores().compactMap { $0 }
    #expect(read.count == 5 && read.allSatisfy { $0 > 0 && $0 < 1 })

    let asked = try workspace.run("ask", "Who looks after the winch?", "--json")
    try #require(asked.status == 0, "\(asked)")
    let trace = try workspace.run("trace", asked.json["id"].string ?? "", "--json").json["trace"]
    #expect(trace["reranker"].string?.contains("order") == true)
    #expect(trace["timings"]["rerank"].double ?? 0 > 0)
    #expect(trace["retrieved"][0]["scores"]["reranker"].double != nil)

    #expect(try workspace.run("adapters", "deactivate", "reranker").status == 0)
    #expect(try scores().allSatisfy { $0 == nil })
    #expect(try workspace.run("adapters", "remove", "order").status == 0)
  }

  @Test("killed and resumed, each ends bit for bit where an undisturbed one does")
  func resumed() throws {
    for role in ["embedder", "reranker"] {
      let undisturbed = try tune(role, "\(role)-whole", "--checkpoint-every", "1")
      try #require(undisturbed.status == 0, "\(undisturbed)")
      let name = "\(role)-killed"
      let checkpoint = workspace.kept.appendingPathComponent("runs/\(name)/checkpoint.safetensors")
      let process = try AttuneProgram.start(
        arguments(role, name, ["--checkpoint-every", "1"]),
        in: workspace.root,
        environment: workspace.environment
      )
      while process.isRunning, !FileManager.default.fileExists(atPath: checkpoint.path) {
        usleep(500)
      }
      process.kill9()
      _ = try process.wait()
      #expect(
        try workspace.run("tune", "resume", "--json").json.array.compactMap(\.string) == [name]
      )
      let again = try tune(role, name)
      #expect(again.status == 3 && again.errors.contains("tune resume"), "\(again)")
      let resumed = try workspace.run("tune", "resume", name, "--json")
      try #require(resumed.status == 0, "\(resumed)")
      #expect(try weights(name) == weights("\(role)-whole"))
    }
    #expect(
      try weights("reranker-killed", "classifier.safetensors")
        == weights("reranker-whole", "classifier.safetensors")
    )
  }

  @Test("what came since is trained on top of the adapter in use, with a share of the old")
  func sinceLast() throws {
    for role in ["embedder", "reranker"] {
      try write(questions: 0..<3)
      let none = try tune(role, "\(role)-none", "--since-last")
      #expect(none.status != 0 && none.errors.contains("none is"), "\(none)")
      let first = try tune(role, "\(role)-first")
      try #require(first.status == 0, "\(first)")
      #expect(try workspace.run("adapters", "activate", "\(role)-first").status == 0)
      let nothingNew = try tune(role, "\(role)-none", "--since-last")
      #expect(
        nothingNew.status == 3 && nothingNew.errors.contains("not trained on"),
        "\(nothingNew)"
      )
      try write(questions: 0..<4)
      let second = try tune(role, "\(role)-second", "--since-last")
      try #require(second.status == 0, "\(second)")
      #expect(second.json["adapter"]["parent"].string == "\(role)-first")
      #expect(try weights("\(role)-second") != weights("\(role)-first"), "\(second)")
    }
  }

  @Test("passages that the workspace does not hold are no reason to train")
  func refused() throws {
    try workspace.write(
      #"{"messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Ada."}], "#
        + #""origin": "imported", "passage": "Nowhere is this written."}"# + "\n",
      to: "questions.jsonl"
    )
    let run = try tune("reranker", "none")
    #expect(run.status == 3 && run.errors.contains("this workspace"), "\(run)")
    #expect(try workspace.run("adapters", "list", "--json").json.array.isEmpty)
  }
}
