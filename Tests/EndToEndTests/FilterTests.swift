import Foundation
import TestSupport
import Testing

/// Filters take away what they should and nothing else, however far down it stands.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct FilterTests {
  /// The documents found for a text that is near to none of them in particular.
  private func documents(_ workspace: TestWorkspace, _ filters: String...) throws -> Set<String> {
    let run = try AttuneProgram.run(
      ["search", "--json", "--limit", "1000", "rope"] + filters,
      in: workspace.root
    )
    #expect(run.status == 0, "\(run)")
    return Set(
      run.json["results"].array.map { hit in
        "\(hit["source"].string ?? "")/\(hit["document"].string ?? "")"
      }
    )
  }

  @Test("source, path, type, day and metadata, each with full recall")
  func filters() throws {
    let workspace = try Harbor.workspace()
    // Forty documents that say much about rope stand before everything else.
    for index in 0..<40 {
      try workspace.write("Rope and more rope, coil \(index).\n", to: "decoys/\(index).txt")
    }
    try workspace.write(
      "---\nteam: harbor\nkind: memo\n---\n# Paint\n\nThe hull is grey.\n",
      to: "docs/paint.md"
    )
    // A file is dated when it is read: this one changes and grows old before the next sync.
    let old = try workspace.write(
      (Harbor.files["notes.txt"] ?? "") + "\nGulls are not fed.\n",
      to: "docs/notes.txt"
    )
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)],
      ofItemAtPath: old.path
    )
    let added = try workspace.run("add", workspace.data.appendingPathComponent("decoys").path)
    #expect(added.status == 0, "\(added)")
    let synced = try workspace.run("sync")
    #expect(synced.status == 0, "\(synced)")

    let docs = Set(Harbor.files.keys.map { "docs/\($0)" } + ["docs/paint.md"])
    #expect(try documents(workspace, "--source", "docs") == docs)
    #expect(try documents(workspace, "--source", "port") == ["port/ports", "port/calls"])
    #expect(
      try documents(workspace, "--source", "docs", "--source", "port")
        == docs.union(["port/ports", "port/calls"])
    )
    #expect(
      try documents(workspace, "--path", "handbook/*")
        == ["docs/handbook/leave.md", "docs/handbook/lamps.md"]
    )
    #expect(
      try documents(workspace, "--path", "*.md", "--source", "docs")
        == docs.filter { $0.hasSuffix(".md") }
    )
    #expect(
      try documents(workspace, "--type", "text/markdown") == docs.filter { $0.hasSuffix(".md") }
    )
    #expect(try documents(workspace, "--type", "text/html") == ["docs/pages/visitors.html"])
    #expect(try documents(workspace, "--before", "2021-01-01") == ["docs/notes.txt"])
    #expect(
      try documents(workspace, "--after", "2021-01-01", "--source", "docs")
        == docs.subtracting(["docs/notes.txt"])
    )
    #expect(try documents(workspace, "--where", "team=harbor") == ["docs/paint.md"])
    #expect(
      try documents(workspace, "--where", "team=harbor", "--where", "kind=memo") == [
        "docs/paint.md"
      ]
    )
    #expect(try documents(workspace, "--where", "team=harbor", "--where", "kind=other").isEmpty)
    #expect(try documents(workspace, "--source", "nobody").isEmpty)

    let answer = try workspace.run(
      "ask",
      "--json",
      "--source",
      "port",
      "How many days of leave does a keeper get?"
    ).json
    #expect(
      answer["citations"].array.allSatisfy {
        $0["url"].string?.hasPrefix("attune://port/") == true
      },
      "\(answer)"
    )
  }
}
