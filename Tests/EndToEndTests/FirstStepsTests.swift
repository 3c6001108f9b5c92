import Foundation
import TestSupport
import Testing

/// The first minutes of somebody new: wrong turns lead on, and the right ones lead to an answer.
@Suite(.enabled(if: AttuneProgram.isThere, "needs the built program"))
struct FirstStepsTests {
  @Test("without a workspace, every command that needs one says what to type")
  func noWorkspace() throws {
    let folder = try TemporaryDirectory()
    let commands = [
      ["ask", "hello"], ["search", "hello"], ["sync"], ["sources"], ["add", "/tmp"],
      ["remove", "x"], ["trace"], ["backup", "b.sqlite"], ["restore", "b.sqlite"],
    ]
    for command in commands {
      let run = try AttuneProgram.run(command, in: folder.url)
      #expect(run.status == 3, "\(run)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("There is no Attune workspace"))
      #expect(run.errors.contains("attune init") && run.errors.contains("attune add"))
    }
    let json = try AttuneProgram.run(["ask", "hello", "--json"], in: folder.url)
    let error = JSON(text: json.errors)["error"]
    #expect(error["code"].string == "noWorkspace" && error["remedy"].exists, "\(json)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test(
    "wrong usage ends with 2 and says how it is meant",
    arguments: [
      ["ask"], ["ask", "x", "--colour"], ["nonsense"], ["search", "x", "--limit", "0"],
      ["search", "x", "--mode", "magic"], ["ask", "x", "--after", "soon"],
      ["ask", "x", "--where", "kind"], ["add"], ["remove"], ["add", "a", "b", "--name", "c"],
      ["embed"], ["models", "tokenize"], ["ask", "x", "--batch", "y"],
    ]
  )
  func usage(of command: [String]) throws {
    let folder = try TemporaryDirectory()
    let run = try AttuneProgram.run(command, in: folder.url)
    #expect(run.status == 2, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Error: ") && run.errors.contains("--help"), "\(run)")
  }

  @Test(
    "init, add, ask: the answer quotes the file, and the quote stands at the bytes that are named",
    .enabled(if: AttuneProgram.hasModel && Tool.hasPython, "needs the model and python3")
  )
  func firstAnswer() throws {
    let workspace = try Harbor.workspace()
    let run = try workspace.run(
      "ask",
      "How many days of leave does a lighthouse keeper get?",
      "--json"
    )
    #expect(run.status == 0, "\(run)")
    // A short answer may stand before the quote that holds it.
    let citation = try #require(
      run.json["citations"].array.first {
        $0["quote"].string?.contains("thirty-one days of leave") == true
      },
      "\(run)"
    )
    #expect(citation["verified"].bool == true, "\(run)")
    #expect(citation["document"].string == "handbook/leave.md")
    let quote = try #require(citation["quote"].string)
    let file = workspace.data.appendingPathComponent("docs/handbook/leave.md")
    let bytes = [UInt8](try Data(contentsOf: file))
    let range = citation["location"]["origin"]["bytes"].array.compactMap(\.int)
    try #require(range.count == 2 && range[0] <= range[1] && range[1] <= bytes.count, "\(run)")
    #expect(String(decoding: bytes[range[0]..<range[1]], as: UTF8.self).contains(quote))
    let shown = try workspace.run("ask", "How many days of leave does a lighthouse keeper get?")
    #expect(
      shown.output.contains(quote) && shown.output.contains("[1] attune://docs/handbook/leave.md#")
    )
    #expect(!shown.output.contains("\u{1B}"), "no colours where nobody watches")

    let row = try workspace.run("ask", "Who is the pilot at Kelling Sound?", "--json").json
    let place = row["citations"][0]
    #expect(place["quote"].string?.contains("Piet Marrow") == true, "\(row)")
    #expect(place["location"]["origin"]["table"].string == "ports", "\(row)")
    #expect(place["location"]["origin"]["row"].string == "2", "\(row)")
    #expect(place["url"].string?.hasPrefix("attune://port/ports#row=2") == true, "\(row)")

    let unanswered = try workspace.run("ask", "What does a helicopter landing cost?", "--json").json
    #expect(unanswered["abstained"].bool == true, "\(unanswered)")
    #expect(unanswered["citations"].array.isEmpty && unanswered["answer"].string?.isEmpty == false)
    #expect(!unanswered["nearest"].array.isEmpty)
  }

  @Test("adding what is not there names it, and leaves the configuration alone")
  func addNothing() throws {
    let workspace = try TestWorkspace()
    let configuration = workspace.root.appendingPathComponent("attune.yaml")
    let before = try Data(contentsOf: configuration)
    let run = try workspace.run("add", "missing-folder")
    #expect(run.status == 3, "\(run)")
    #expect(run.errors.contains("missing-folder") && run.errors.contains("remedy:"))
    #expect(try Data(contentsOf: configuration) == before)
    let again = try workspace.run("init")
    #expect(again.status == 0, "making a workspace twice does no harm: \(again)")
    #expect(try Data(contentsOf: configuration) == before)
  }

  @Test("a fault in attune.yaml is named with the file")
  func brokenConfiguration() throws {
    let workspace = try TestWorkspace()
    let configuration = workspace.root.appendingPathComponent("attune.yaml")
    for text in [
      "sources: [", "colour: blue\n", "retrieval:\n  mode: magic\n", "version: 99\n",
      "sources:\n  - name: \"a/b\"\n    path: x\n", "answers:\n  quotes: 0\n", "- 1\n- 2\n",
      "limits:\n  max_file_mb: 99999999999999999999\n", "sources:\n  - 7\n",
    ] {
      try Data(text.utf8).write(to: configuration)
      let run = try workspace.run("sources")
      #expect(run.status == 3, "\(text)\n\(run)")
      #expect(
        run.errors.contains("attune.yaml") && run.errors.contains("remedy:"),
        "\(text)\n\(run)"
      )
    }
    try Data([0xFF, 0xFE, 0x00]).write(to: configuration)
    #expect(try workspace.run("sources").status == 3)
  }

  @Test(
    "asking before anything was taken in says what to do",
    .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
  )
  func nothingTakenIn() throws {
    let workspace = try TestWorkspace()
    let run = try workspace.run("ask", "anything")
    #expect(run.status == 3, "\(run)")
    #expect(run.errors.contains("attune add"), "\(run)")
  }
}
