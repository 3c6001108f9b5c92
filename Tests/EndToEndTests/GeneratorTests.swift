import Foundation
import TestSupport
import Testing

/// Answers that a model behind a server writes, from attune.yaml to what is shown.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3 for the scripted server")
)
struct GeneratorTests {
  private static let answer =
    "The ferret sleeps fourteen hours each day [1]. It sleeps on the moon in Zurich [1] [9]."

  private let workspace: TestWorkspace

  init() throws {
    workspace = try TestWorkspace(files: [
      "ferret.md":
        "# Ferrets\n\nThe ferret sleeps fourteen hours each day. It eats meat and eggs.\n",
      "badger.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    ])
  }

  private func configure(_ server: ScriptedServer) throws {
    let file = workspace.root.appendingPathComponent("attune.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let settings = "  generator: {server: '\(server.address)', model: scripted, timeout_s: 20}"
    let changed = text.replacing("\nmodels:\n", with: "\nmodels:\n\(settings)\n")
    #expect(changed != text)
    try Data(changed.utf8).write(to: file)
  }

  private static let question = "How many hours does the ferret sleep each day?"

  @Test("what its sources hold is cited, what they do not hold is marked, or left out when strict")
  func askingAServer() throws {
    let server = try ScriptedServer(answering: Self.answer, in: workspace.directory.url)
    try configure(server)

    let plain = try workspace.run("ask", Self.question)
    #expect(plain.status == 0, "\(plain)")
    #expect(plain.output.hasPrefix("The ferret sleeps fourteen hours each day. [1]"), "\(plain)")
    #expect(plain.output.contains("Zurich. [unsupported]"))
    #expect(plain.output.contains("\n[1] attune://data/ferret.md#chars="))

    let json = try workspace.run("ask", Self.question, "--json").json
    #expect(json["generator"].string == "scripted" && json["abstained"].bool == false)
    #expect(json["sentences"].array.map { $0["supported"].bool } == [true, false])
    #expect(json["citations"].array.map { $0["verified"].bool } == [true])
    #expect(json["citations"][0]["quote"].string?.contains("fourteen hours") == true)
    #expect(json["usage"]["prompt_tokens"].int == 321)

    let strict = try workspace.run("ask", Self.question, "--strict")
    #expect(strict.status == 0 && !strict.output.contains("Zurich"), "\(strict)")

    let id = try #require(json["answer_id"].string)
    let trace = try workspace.run("trace", id)
    #expect(
      trace.output.contains("supported [1]") && trace.output.contains("unsupported:"),
      "\(trace)"
    )

    let off = try workspace.run("ask", "What does a zeppelin weigh?")
    #expect(off.output.contains("The data does not answer this."), "\(off)")
    withExtendedLifetime(server) {}
  }

  @Test("a server that is not there ends with what to do, and quotes are still to be had")
  func absentServer() throws {
    let server = try ScriptedServer(answering: "", in: workspace.directory.url)
    try configure(server)
    server.stop()
    let run = try workspace.run("ask", Self.question)
    #expect(run.status == 3 && run.errors.contains("remedy:"), "\(run)")
    let search = try workspace.run("search", Self.question)
    #expect(search.status == 0, "searching needs no generator: \(search)")
  }

  @Test("a conversation rewrites what points back, is kept, and can be gone on with")
  func conversation() throws {
    let server = try ScriptedServer(
      answering: "It eats meat and eggs [1].",
      rewriting: "What does the ferret eat?",
      in: workspace.directory.url
    )
    try configure(server)
    let talk = try workspace.run(
      "chat",
      "--json",
      input: "How long does the ferret sleep each day?\nAnd what does it eat?\n"
    )
    #expect(talk.status == 0, "\(talk)")
    #expect(
      talk.jsonLines.map { $0["standalone"].string } == [
        "How long does the ferret sleep each day?", "What does the ferret eat?",
      ]
    )
    #expect(talk.jsonLines[1]["answer"]["answer"].string == "It eats meat and eggs. [1]")
    let id = try #require(talk.jsonLines[0]["conversation"].string)
    #expect(talk.jsonLines[1]["conversation"].string == id)

    let more = try workspace.run(
      "chat",
      "--resume",
      String(id.prefix(6)),
      input: "And what does it eat?\n"
    )
    #expect(more.output.contains("> And what does it eat?"), "what was said is shown: \(more)")
    #expect(more.errors.contains("asked: What does the ferret eat?"), "\(more)")
    let list = try workspace.run("chat", "--list", "--json")
    #expect(list.json[0]["turns"].int == 3 && list.json[0]["id"].string == id, "\(list)")
    let unknown = try workspace.run("chat", "--resume", "zzz")
    #expect(unknown.status == 3 && unknown.errors.contains("attune chat --list"), "\(unknown)")
    withExtendedLifetime(server) {}
  }

  @Test("a conversation in quotes carries words over and forgets with its sources")
  func conversationInQuotes() throws {
    let talk = try workspace.run(
      "chat",
      input: "How long does the ferret sleep each day?\nAnd what does it eat?\n"
    )
    #expect(talk.status == 0 && talk.errors.contains("(asked: And what does it eat? ("), "\(talk)")
    #expect(try !ByteSearch.hits(["fourteen hours"], under: workspace.kept).isEmpty)
    try workspace.delete("ferret.md")
    #expect(try workspace.run("sync").status == 0)
    #expect(try ByteSearch.hits(["fourteen hours"], under: workspace.kept).isEmpty)
  }
}
