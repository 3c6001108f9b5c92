import Foundation
import TestSupport
import Testing

/// From questions on the example company to a dataset that can be trained on, through the program
/// alone.
@Suite(.enabled(if: AttuneProgram.isThere, "needs the built program"))
struct DatasetCommandTests {
  private static let example = SharedData.packageRoot.appendingPathComponent("Examples/veldmark")

  /// A workspace that has taken in the company's handbook and a file of its data.
  private func company() throws -> TestWorkspace {
    let workspace = try TestWorkspace()
    try FileManager.default.copyItem(
      at: Self.example.appendingPathComponent("documents/handbook"),
      to: workspace.data.appendingPathComponent("handbook")
    )
    try workspace.add()
    return workspace
  }

  private func succeed(_ run: Run, sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON
  {
    try #require(run.status == 0, "\(run)", sourceLocation: sourceLocation)
    return run.json
  }

  private func chat(_ count: Int) -> String {
    (0..<count).map { number in
      """
      {"messages": [{"role": "user", "content": "How high is mast number \(number)?"}, \
      {"role": "assistant", "content": "It is \(number + 10) m high."}]}

      """
    }.joined()
  }

  @Test(
    "ask, judge, review, make, divide, check and export, on the example company",
    .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
  )
  func fromQuestionsToADataset() throws {
    let workspace = try company()
    let leave = try succeed(
      workspace.run("ask", "How many days of leave do I get in a year?", "--json")
    )
    let tide = try succeed(workspace.run("ask", "What is slack tide?", "--json"))
    let hold = try succeed(workspace.run("ask", "What is the amber hold?", "--json"))
    _ = try workspace.run("ask", "What is slack tide?")
    let unanswered = try succeed(
      workspace.run("ask", "What does a helicopter landing cost?", "--json")
    )
    let candidates = try succeed(
      workspace.run("dataset", "show", "--state", "candidate", "--json")
    )
    #expect(candidates["total"].int == 3, "the same question once, and none without an answer")
    let first = candidates["examples"][0]
    #expect(first["origin"].string == "asked" && first["stale"].bool == false)
    #expect(first["answer_id"].string == leave["answer_id"].string)
    func document(_ url: JSON) -> Substring? { url.string?.split(separator: "#").first }
    #expect(document(first["source"]["place"]) == document(leave["citations"][0]["url"]))
    #expect(first["answer"].string?.contains("[1]") == false)

    // Judged by the answer's identifier, which may be shortened.
    let good = try succeed(
      workspace.run(
        "feedback",
        leave["answer_id"].string?.prefix(8).description ?? "",
        "good",
        "--json"
      )
    )
    #expect(good["state"].string == "kept" && good["example_id"].string == first["id"].string)
    let corrected = try succeed(
      workspace.run(
        "feedback",
        tide["answer_id"].string ?? "",
        "An",
        "hour",
        "without",
        "meetings.",
        "--json"
      )
    )
    #expect(corrected["verdict"].string == "correction")
    let shown = try succeed(
      workspace.run("dataset", "show", corrected["example_id"].string ?? "", "--json")
    )
    #expect(shown["answer"].string == "An hour without meetings.")
    #expect(
      shown["origin"].string == "feedback" && shown["question"].string == "What is slack tide?"
    )
    let nothing = try succeed(
      workspace.run("feedback", unanswered["answer_id"].string ?? "", "bad", "--json")
    )
    #expect(nothing["example_id"].string == nil)

    // The last candidate, by a person at the terminal.
    let review = try workspace.run("dataset", "review", input: "x\nc\n\nc\nStock in doubt.\n")
    #expect(review.status == 0 && review.output.contains("1 corrected"), "\(review)")
    let place = hold["citations"][0]["url"].string?.split(separator: "#").first ?? "?"
    #expect(review.output.contains("from \(place)#"), "\(review)")

    let made = try succeed(workspace.run("dataset", "synthesize", "--count", "60", "--json"))
    #expect(made["added"].int == 60, "\(made)")
    let split = try succeed(
      workspace.run("dataset", "split", "--shares", "70/15/15", "--seed", "4", "--json")
    )
    #expect(split["kept"].int == 63 && split["splits"]["unsplit"].int == 0, "\(split)")
    #expect((split["splits"]["test"].int ?? 0) > 0 && split["version"].string?.count == 64)
    let check = try workspace.run("dataset", "check", "--json")
    #expect(check.status == 0, "\(check)")
    #expect((check.json["score"].double ?? 0) > 50, "\(check)")
    let page = try #require(check.json["report"].string)
    #expect(page.hasPrefix(workspace.kept.path) || page.contains(".attune/reports"))
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("<svg"))

    let file = workspace.directory.url.appendingPathComponent("train.jsonl")
    let export = try succeed(
      workspace.run(
        "dataset",
        "export",
        file.path,
        "--format",
        "chat",
        "--split",
        "train",
        "--json"
      )
    )
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == split["splits"]["train"].int && lines.count == export["written"].int)
    let folder = workspace.directory.url.appendingPathComponent("cluster").path
    _ = try succeed(
      workspace.run("dataset", "export", folder, "--recipe", "axolotl", "--base", "m", "--json")
    )
    #expect(FileManager.default.fileExists(atPath: folder + "/axolotl.yaml"))
    try workspace.expectSound()
  }

  @Test(
    "examples go stale with their documents, and none of their text stays",
    .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
  )
  func staleness() throws {
    let workspace = try TestWorkspace(files: [
      "keel.txt": "The keel of the Silver Tern was laid in 1842 at qzwvplantx.\n",
      "mast.txt": "The mast of the Silver Tern weighs 912 kg without its rigging.\n",
    ])
    _ = try succeed(workspace.run("dataset", "synthesize", "--json"))
    let before = try succeed(workspace.run("dataset", "list", "--json"))["datasets"][0]
    #expect(before["stale"].int == 0 && (before["kept"].int ?? 0) >= 2, "\(before)")
    // The page of a check quotes examples too.
    #expect(try workspace.run("dataset", "check").status != nil)
    try workspace.delete("keel.txt")
    _ = try succeed(workspace.run("sync", "--json"))
    let after = try succeed(workspace.run("dataset", "list", "--json"))["datasets"][0]
    let stale = try #require(after["stale"].int)
    #expect(stale > 0 && stale < before["kept"].int ?? 0, "\(after)")
    #expect(after["version"].string != before["version"].string)
    let list = try workspace.run("dataset", "show", "--stale")
    #expect(list.output.contains("STALE: its document is gone"), "\(list)")
    #expect(try ByteSearch.hits(["qzwvplantx"], under: workspace.root).isEmpty)
    let check = try workspace.run("dataset", "check", "--json").json
    #expect(check["left_out"].array.count == stale)
    let file = workspace.directory.url.appendingPathComponent("out.jsonl")
    let export = try succeed(
      workspace.run("dataset", "export", file.path, "--format", "attune", "--json")
    )
    #expect(export["written"].int == after["version_examples"].int)
    let dropped = try succeed(workspace.run("dataset", "drop", "--stale", "--json"))
    #expect(dropped["dropped"].int == stale)
    // Moved as a whole to where the documents are not, what was exported is stale.
    let elsewhere = try TestWorkspace()
    _ = try succeed(elsewhere.run("dataset", "import", file.path, "--json"))
    let moved = try succeed(elsewhere.run("dataset", "list", "--json"))["datasets"][0]
    #expect(moved["stale"].int == moved["kept"].int && moved["version_examples"].int == 0)
  }

  @Test("malformed lines are named by their numbers, and the rest is taken")
  func malformedLines() throws {
    let workspace = try TestWorkspace()
    let file = try workspace.write(
      chat(2) + "{\"messages\": []}\nnot json\n" + chat(3),
      to: "bad.jsonl"
    )
    let run = try workspace.run("dataset", "import", file.path)
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("line 3:") && run.errors.contains("line 4:"), "\(run)")
    #expect(run.output.contains("Added 3 examples to main; 2 were there already."), "\(run)")
    let json = try workspace.run("dataset", "import", file.path, "--json").json
    #expect(json["added"].int == 0 && json["known"].int == 5, "\(json)")
    #expect(json["files"][0]["failures"].array.compactMap { $0["line"].int } == [3, 4])
  }

  @Test("what cannot be done says why and what to do, and changes nothing")
  func badInput() throws {
    let workspace = try TestWorkspace()
    let mixed = try workspace.write(
      chat(2) + "{\"instruction\": \"a\", \"output\": \"b\"}\n",
      to: "mixed.jsonl"
    )
    let binary = try workspace.write([0xFF, 0xFE, 0x00, 0x80], to: "binary.jsonl")
    let cases: [(arguments: [String], says: String)] = [
      (["dataset", "import", mixed.path], "line 3"),
      (["dataset", "import", binary.path], "binary.jsonl"),
      (["dataset", "import", "missing.jsonl"], "missing.jsonl"),
      (["dataset", "import", mixed.path, "--dataset", "a/b"], "a/b"),
      (["dataset", "show", "--dataset", "nobody"], "There is no dataset “nobody”"),
      (["dataset", "show", "abc"], "There is no example “abc”"),
      (["dataset", "split"], "holds no example"),
      (["dataset", "split", "--dataset", "nobody"], "nobody"),
      (["dataset", "check", "--dataset", "nobody"], "nobody"),
      (["dataset", "export", "x.jsonl", "--format", "chat"], "holds no example"),
      (["dataset", "remove", "nobody"], "nobody"),
      (["dataset", "drop", "abc"], "abc"),
      (["dataset", "synthesize"], "no documents"),
      (["dataset", "synthesize", "--generator"], "generator"),
      (["feedback", "abc", "good"], "There is no answer “abc”"),
    ]
    for (arguments, says) in cases {
      let run = try AttuneProgram.run(arguments, in: workspace.root)
      #expect(run.status == 3, "\(arguments)\n\(run)")
      #expect(run.errors.contains(says) && run.errors.contains("remedy:"), "\(arguments)\n\(run)")
    }
    for arguments in [
      ["dataset", "split", "--shares", "80/10"], ["dataset", "split", "--shares", "80/30/10"],
      ["dataset", "export", "x.jsonl"], ["dataset", "export", "x", "--recipe", "trl"],
      ["dataset", "import"], ["dataset", "show", "--state", "lost"], ["dataset", "drop"],
      ["dataset", "synthesize", "--kinds", "riddle"], ["dataset", "synthesize", "--count", "0"],
      ["dataset", "check", "--max-tokens", "0"], ["feedback", "abc"],
    ] {
      let run = try AttuneProgram.run(arguments, in: workspace.root)
      #expect(run.status == 2, "\(arguments)\n\(run)")
    }
    let list = try workspace.run("dataset", "list", "--json").json["datasets"]
    #expect(list.array.count == 1 && list[0]["examples"].int == 0, "\(list)")
    // An empty dataset is checked, and said to be worthless.
    let check = try workspace.run("dataset", "check", "--json")
    #expect(
      check.status == 1 && !check.json["check"]["worthless_reasons"].array.isEmpty,
      "\(check)"
    )
  }

  @Test("decisions are taken from a file, and lines that are none are named")
  func batchReview() throws {
    let workspace = try TestWorkspace()
    let file = try workspace.write(chat(4), to: "chat.jsonl")
    let added = try workspace.run("dataset", "import", file.path, "--review", "--json")
    #expect(added.json["added"].int == 4, "\(added)")
    let ids = try workspace.run("dataset", "show", "--json").json["examples"].array
      .compactMap { $0["id"].string }
    try #require(ids.count == 4)
    let decisions = """
      {"id": "\(ids[0])", "decision": "keep"}
      {"id": "\(ids[1].prefix(16))", "decision": "correct", "answer": "Eleven metres."}
      {"id": "\(ids[2])", "decision": "drop"}
      {"id": "\(ids[3])", "decision": "skip"}
      {"id": "\(ids[3])", "decision": "perhaps"}
      {"id": "\(ids[3])", "decision": "correct"}
      {"id": "nobody", "decision": "keep"}
      nonsense
      """
    let run = try workspace.run("dataset", "review", "--batch", "-", input: decisions)
    #expect(run.status == 1, "\(run)")
    let lines = run.jsonLines
    try #require(lines.count == 8, "\(run)")
    #expect(lines.prefix(4).map { $0["state"].string } == ["kept", "kept", "dropped", "candidate"])
    #expect(lines.suffix(4).allSatisfy { $0["error"]["remedy"].string?.isEmpty == false })
    #expect(lines[4]["error"]["subject"].string?.contains("line 5") == true)
    #expect(lines[7]["error"]["subject"].string?.contains("line 8") == true)
    let kept = try workspace.run("dataset", "show", "--state", "kept", "--json").json["examples"]
    #expect(
      kept.array.compactMap { $0["answer"].string } == ["It is 10 m high.", "Eleven metres."]
    )
    let dropped = try workspace.run("dataset", "drop", ids[0], "--json")
    #expect(dropped.json["dropped"].int == 1, "\(dropped)")
    let removed = try workspace.run("dataset", "remove", "main", "--json")
    #expect(removed.json["examples"].int == 4, "\(removed)")
  }
}
