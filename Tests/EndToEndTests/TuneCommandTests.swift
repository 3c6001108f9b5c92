import Foundation
import TestSupport
import Testing

/// A generator tuned, stopped, resumed, used, taken out and brought in, through the program alone, with a
/// model of 260,000 parameters.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: SharedData.holds("models/stories260k"), "needs the shared data")
)
struct TuneCommandTests {
  private let workspace: TestWorkspace
  /// The model's name, and where it came from.
  private let model = "story"
  private let folder: String
  private let data: String

  init() throws {
    workspace = try TestWorkspace()
    folder = try SharedData.url("models/stories260k/huggingface").path
    workspace.environment["ATTUNE_CACHE"] = workspace.data.path + "/cache"
    let imported = try workspace.run(
      "models",
      "import",
      folder,
      "--name",
      "story",
      "--precision",
      "float32"
    )
    try #require(imported.status == 0, "\(imported)")
    var lines = ""
    let goods = ["rope", "tar", "oil", "flares", "maps", "wool", "bread", "salt"]
    for number in 0..<48 {
      let good = goods[number % goods.count]
      lines += """
        {"messages": [{"role": "user", "content": "What is in box \(number)?"}, \
        {"role": "assistant", "content": "There is \(good) in box \(number), and a note for day \
        \(number % 7)."}]}

        """
    }
    data = try workspace.write(lines, to: "boxes.jsonl").path
  }

  private func tune(_ name: String, _ more: [String] = []) throws -> Run {
    let arguments =
      ["tune", "generator", "--data", data, "--model", model, "--name", name]
      + ["--steps", "12", "--batch", "8", "--rank", "4", "--learning-rate", "0.005", "--json"]
      + more
    return try AttuneProgram.run(
      arguments,
      in: workspace.root,
      environment: workspace.environment
    )
  }

  private func weights(_ name: String, _ file: String = "adapter_model") throws -> Data {
    try Data(
      contentsOf: workspace.kept.appendingPathComponent(
        "adapters/\(name)/\(file).safetensors"
      )
    )
  }

  @Test("what is learnt shows on examples that were held out, and the adapter is used")
  func tuned() throws {
    let run = try tune("boxes", ["--activate"])
    try #require(run.status == 0, "\(run)")
    let adapter = run.json["adapter"]
    #expect(adapter["held_out"]["after"].double ?? 9 < adapter["held_out"]["before"].double ?? 0)
    #expect(adapter["examples"]["train"].int ?? 0 > 30)
    #expect(run.json["activated"].bool == true)
    let listed = try workspace.run("adapters", "list", "--json").json[0]
    #expect(listed["active"].bool == true && listed["adapter"]["name"].string == "boxes")
    func answer(_ more: String..., by model: String? = nil) throws -> String {
      let run = try AttuneProgram.run(
        [
          "generate", "--raw", "--model", model ?? self.model, "--max-tokens", "24",
          "--temperature", "0", "--json",
        ]
          + more + ["What is in box 3?\n"],
        in: workspace.root,
        environment: workspace.environment
      )
      try #require(run.status == 0, "\(run)")
      return run.json["text"].string ?? ""
    }
    let plain = try answer()
    let tuned = try answer("--adapter", "boxes")
    #expect(plain != tuned)

    // Written for other programs, and brought back, it says the same.
    for place in ["boxes-peft", "boxes.gguf"] {
      let path = workspace.data.appendingPathComponent(place).path
      let exported = try workspace.run("adapters", "export", "boxes", path)
      try #require(exported.status == 0, "\(exported)")
      let name = "back-" + (place == "boxes.gguf" ? "gguf" : "peft")
      let imported = try workspace.run(
        "adapters",
        "import",
        path,
        "--name",
        name,
        "--model",
        model
      )
      try #require(imported.status == 0, "\(imported)")
      #expect(try answer("--adapter", name) == tuned)
    }
    // Merged into the model, it says the same without an adapter.
    let merged = workspace.data.appendingPathComponent("merged").path
    let merging = try workspace.run("adapters", "merge", "boxes", folder, merged)
    try #require(merging.status == 0, "\(merging)")
    let import32 = try workspace.run(
      "models",
      "import",
      merged,
      "--name",
      "merged",
      "--precision",
      "float32"
    )
    try #require(import32.status == 0, "\(import32)")
    #expect(try answer(by: "merged") == tuned)

    #expect(try workspace.run("adapters", "deactivate", "generator").status == 0)
    #expect(try workspace.run("adapters", "list", "--json").json[0]["active"].bool == false)
    #expect(try workspace.run("adapters", "remove", "boxes").status == 0)
    #expect(try workspace.run("adapters", "show", "boxes").status == 3)
  }

  @Test("all weights are trained: a model of its own, used in place of the other, and resumed")
  func whole() throws {
    let options = ["--full", "--checkpoint-every", "1"]
    func full(_ name: String, _ more: [String] = []) throws -> Run {
      try AttuneProgram.run(
        ["tune", "generator", "--data", data, "--model", model, "--name", name, "--steps", "6"]
          + ["--batch", "8", "--learning-rate", "0.002", "--json"] + options + more,
        in: workspace.root,
        environment: workspace.environment
      )
    }
    let estimate = try full("whole", ["--estimate"])
    #expect(estimate.json["trained_parameters"].int ?? 0 > 250_000, "\(estimate)")
    let run = try full("whole")
    try #require(run.status == 0, "\(run)")
    let adapter = run.json["adapter"]
    #expect(adapter["held_out"]["after"].double ?? 9 < adapter["held_out"]["before"].double ?? 0)

    func answer(_ more: String..., by model: String) throws -> String {
      let run = try AttuneProgram.run(
        [
          "generate", "--raw", "--model", model, "--max-tokens", "24", "--temperature", "0",
          "--json",
        ]
          + more + ["What is in box 3?\n"],
        in: workspace.root,
        environment: workspace.environment
      )
      try #require(run.status == 0, "\(run)")
      return run.json["text"].string ?? ""
    }
    let place = workspace.kept.appendingPathComponent("adapters/whole").path
    let tuned = try answer("--adapter", "whole", by: model)
    #expect(try tuned != answer(by: model))
    // It is a folder that any program reads, and says the same once it is installed.
    let imported = try workspace.run(
      "models",
      "import",
      place,
      "--name",
      "whole",
      "--precision",
      "float32"
    )
    try #require(imported.status == 0, "\(imported)")
    #expect(try answer(by: "whole") == tuned)
    let exported = try workspace.run("adapters", "export", "whole", place + "-out")
    #expect(exported.status == 3 && exported.errors.contains("models import"), "\(exported)")

    let process = try AttuneProgram.start(
      ["tune", "generator", "--data", data, "--model", model, "--name", "killed", "--steps", "6"]
        + ["--batch", "8", "--learning-rate", "0.002", "--json"] + options,
      in: workspace.root,
      environment: workspace.environment
    )
    let run2 = workspace.kept.appendingPathComponent("runs/killed/checkpoint.safetensors")
    while process.isRunning, !FileManager.default.fileExists(atPath: run2.path) { usleep(500) }
    process.kill9()
    _ = try process.wait()
    if FileManager.default.fileExists(atPath: run2.path) {
      #expect(try workspace.run("tune", "resume", "killed").status == 0)
    }
    #expect(try weights("killed", "model") == weights("whole", "model"))

    for more in [["--since-last"], ["--dora"], ["--precision", "int8"]] {
      let refused = try full("none", more)
      #expect(refused.status != 0, "\(more)")
    }
  }

  @Test("what came since is trained on top of the adapter in use, and what it saw never measures")
  func sinceLast() throws {
    let first = try tune("first", ["--activate"])
    try #require(first.status == 0, "\(first)")
    let none = try tune("none", ["--since-last"])
    #expect(none.status == 3 && none.errors.contains("not trained on"), "\(none)")
    var lines = try String(contentsOfFile: data, encoding: .utf8)
    for number in 100..<140 {
      lines += """
        {"messages": [{"role": "user", "content": "What is in box \(number)?"}, \
        {"role": "assistant", "content": "There is glass in box \(number), and a note for day 1."}]}

        """
    }
    try workspace.write(lines, to: "boxes.jsonl")
    let second = try tune("second", ["--since-last"])
    try #require(second.status == 0, "\(second)")
    let adapter = second.json["adapter"]
    #expect(adapter["parent"].string == "first")
    func trained(_ name: String) throws -> Set<String> {
      let file = workspace.kept.appendingPathComponent("adapters/\(name)/examples.json")
      return Set(try JSONDecoder().decode([String].self, from: Data(contentsOf: file)))
    }
    let before = try trained("first")
    let after = try trained("second")
    #expect(after.isSuperset(of: before))
    let train = adapter["examples"]["train"].int ?? 0
    let new = after.subtracting(before).count
    #expect(new > 25 && train == new + Int((Double(new) * 0.25).rounded(.up)))
  }

  @Test("killed and resumed, it ends bit for bit where an undisturbed one does")
  func resumed() throws {
    let undisturbed = try tune("undisturbed", ["--checkpoint-every", "1"])
    try #require(undisturbed.status == 0, "\(undisturbed)")
    var random = SplitMix64(seed: 5)
    for kill in 0..<(TestLength.isFull ? 10 : 2) {
      let name = "killed-\(kill)"
      let checkpoint = workspace.kept.appendingPathComponent("runs/\(name)/checkpoint.safetensors")
      let process = try AttuneProgram.start(
        ["tune", "generator", "--data", data, "--model", model, "--name", name, "--steps", "12"]
          + ["--batch", "8", "--rank", "4", "--learning-rate", "0.005", "--checkpoint-every", "1"]
          + ["--json"],
        in: workspace.root,
        environment: workspace.environment
      )
      // Killed some time after the first checkpoint.
      while process.isRunning, !FileManager.default.fileExists(atPath: checkpoint.path) {
        usleep(500)
      }
      usleep(UInt32.random(in: 0..<30_000, using: &random))
      process.kill9()
      _ = try process.wait()
      if FileManager.default.fileExists(atPath: checkpoint.path) {
        let resumed = try workspace.run("tune", "resume", name, "--json")
        try #require(resumed.status == 0, "\(resumed)")
      }
      #expect(try weights(name) == weights("undisturbed"), "kill \(kill)")
    }
  }

  @Test("an example is shown token by token with its mask")
  func shown() throws {
    let run = try tune("shown", ["--show-example", "1"])
    try #require(run.status == 0, "\(run)")
    let tokens = run.json.array
    let learnt = tokens.filter { $0["learnt"].bool == true }.compactMap { $0["text"].string }
    let rest = tokens.filter { $0["learnt"].bool == false }.compactMap { $0["text"].string }
    #expect(learnt.joined().replacing("▁", with: " ").contains("note for day"))
    #expect(!learnt.joined().contains("What is in"))
    #expect(rest.joined().contains("box"))
    #expect(learnt.last == "</s>")
  }

  @Test("what cannot be trained on is refused with the reason, and nothing is left")
  func refused() throws {
    let empty = try workspace.write("", to: "empty.jsonl").path
    let masked = try workspace.write(
      #"{"messages": [{"role": "user", "content": "Who?"}, "#
        + #"{"role": "assistant", "content": "Ada.", "weight": 0}]}"# + "\n",
      to: "masked.jsonl"
    ).path
    let broken = try workspace.write(
      #"{"messages": [{"role": "user", "content": "Who?"}, "#
        + #"{"role": "assistant", "content": "Ada."}]}"# + "\n{nonsense\n",
      to: "broken.jsonl"
    ).path
    for (file, words) in [
      (empty, "no items"), (masked, "worthless"), (broken, "line 2"),
      ("/nowhere.jsonl", "not exist"),
    ] {
      let run = try AttuneProgram.run(
        ["tune", "generator", "--data", file, "--model", model, "--name", "refused"],
        in: workspace.root,
        environment: workspace.environment
      )
      #expect(run.status == 3 && run.errors.contains(words), "\(run)")
    }
    let long = try tune("refused", ["--max-tokens", "16"])
    #expect(long.status == 3 && long.errors.contains("16 tokens"), "\(long)")
    let targets = try tune("refused", ["--targets", "query"])
    #expect(targets.status == 3 && targets.errors.contains("q_proj"), "\(targets)")
    #expect(try workspace.run("adapters", "list", "--json").json.array.isEmpty)
    #expect(try workspace.run("tune", "resume", "refused").status == 3)
  }
}
