import Foundation
import TestSupport
import Testing

/// A sync reads what changed, forgets what is gone and says so; backups bring everything back.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct SyncTests {
  private func counts(_ report: JSON) -> [Int?] {
    ["added", "changed", "removed", "unchanged"].map { report[$0].int }
  }

  @Test("unchanged, edited, added, removed and renamed files are counted and found accordingly")
  func edits() throws {
    let workspace = try TestWorkspace(files: [
      "a.md": "# A\n\nThe anchor weighs ninety kilograms.\n",
      "b.md": "# B\n\nThe buoy is painted yellow.\n",
      "c.txt": "The chart table folds away.\n",
    ])
    var (run, report) = try workspace.syncReport()
    #expect(run.status == 0 && counts(report) == [0, 0, 0, 3], "\(run)")
    #expect(report["embedded"].int == 0, "nothing is embedded twice")

    try workspace.write("# A\n\nThe anchor weighs eighty kilograms.\n", to: "a.md")
    try workspace.delete("b.md")
    try workspace.write("# D\n\nThe dinghy is kept dry.\n", to: "d/d.md")
    (run, report) = try workspace.syncReport()
    #expect(run.status == 0 && counts(report) == [1, 1, 1, 1], "\(run)")
    let found = try workspace.found(["anchor", "buoy", "dinghy"]).map { $0.joined(separator: "\n") }
    #expect(found[0].contains("eighty") && !found.joined().contains("ninety"))
    #expect(!found.joined().contains("yellow") && found[2].contains("kept dry"))

    try FileManager.default.moveItem(
      at: workspace.data.appendingPathComponent("c.txt"),
      to: workspace.data.appendingPathComponent("charts.txt")
    )
    (run, report) = try workspace.syncReport()
    #expect(run.status == 0, "\(run)")
    #expect(report["added"].int == 1 && report["removed"].int == 1, "\(report)")
    let chart = try workspace.found(["chart table"])[0]
    #expect(
      chart.contains { $0.hasPrefix("charts.txt") } && !chart.contains { $0.hasPrefix("c.txt") }
    )

    // Touching a file does not change it.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
      ofItemAtPath: workspace.data.appendingPathComponent("a.md").path
    )
    (run, report) = try workspace.syncReport()
    #expect(report["changed"].int == 0 && report["embedded"].int == 0, "\(report)")

    let unknown = try workspace.run("sync", "nobody")
    #expect(unknown.status == 3 && unknown.errors.contains("nobody"), "\(unknown)")
    try workspace.expectSound()
  }

  @Test("a source that is away keeps what is known of it, and says so")
  func unreachable() throws {
    let workspace = try TestWorkspace(files: [
      "a.md": "# A\n\nThe anchor weighs ninety kilograms.\n"
    ])
    let away = workspace.directory.url.appendingPathComponent("away")
    try FileManager.default.moveItem(at: workspace.data, to: away)
    let run = try workspace.run("sync")
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("data") && run.errors.contains("remedy:"), "\(run)")
    let answer = try workspace.run("ask", "--json", "What does the anchor weigh?")
    #expect(answer.output.contains("ninety"), "\(answer)")
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 1 && doctor.output.contains("attune remove data"), "\(doctor)")
    try FileManager.default.moveItem(at: away, to: workspace.data)
    #expect(try workspace.run("sync").status == 0)
  }

  @Test("remove takes one source away and leaves the others")
  func remove() throws {
    let workspace = try TestWorkspace()
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "one/a.txt")
    try workspace.write("The buoy is painted yellow.\n", to: "two/b.txt")
    let added = try AttuneProgram.run(
      [
        "add", workspace.data.appendingPathComponent("one").path,
        workspace.data.appendingPathComponent("two").path,
      ],
      in: workspace.root
    )
    #expect(added.status == 0, "\(added)")
    let removed = try workspace.run("remove", "one", "--json")
    #expect(removed.status == 0 && removed.json["documents"].int == 1, "\(removed)")
    let found = try workspace.found(["anchor", "buoy"])
    #expect(found[0].allSatisfy { $0.hasPrefix("b.txt") } && found[1].count == 1)
    #expect(try workspace.run("remove", "one").status == 3)
    let sources = try workspace.run("sources", "--json").json["sources"]
    #expect(sources.array.compactMap(\.["name"].string) == ["two"])
    #expect(FileManager.default.fileExists(atPath: workspace.data.path + "/one/a.txt"))
    try workspace.expectSound()
  }

  @Test("a backup brings everything back, and replaces nothing unasked")
  func backup() throws {
    let workspace = try TestWorkspace(files: [
      "a.md": "# A\n\nThe anchor weighs ninety kilograms.\n"
    ])
    let file = workspace.directory.url.appendingPathComponent("backup.sqlite")
    let before = try workspace.found(["anchor"])
    let written = try workspace.run("backup", file.path, "--json")
    #expect(written.status == 0 && (written.json["bytes"].int ?? 0) > 0, "\(written)")
    let bytes = try Data(contentsOf: file)
    let again = try workspace.run("backup", file.path)
    #expect(again.status == 3 && again.errors.contains("backup.sqlite"), "\(again)")
    #expect(try Data(contentsOf: file) == bytes, "a backup that is there is not touched")

    try workspace.write("# A\n\nThe anchor weighs eighty kilograms.\n", to: "a.md")
    _ = try workspace.syncReport()
    let refused = try workspace.run("restore", file.path)
    #expect(refused.status == 3 && refused.errors.contains("--replace"), "\(refused)")
    #expect(try workspace.found(["anchor"])[0][0].contains("eighty"), "a refusal changes nothing")
    #expect(try workspace.run("restore", file.path, "--replace").status == 0)
    #expect(try workspace.found(["anchor"]) == before)
    try workspace.expectSound()

    let other = try TestWorkspace()
    let restored = try other.run("restore", file.path)
    #expect(restored.status == 0, "\(restored)")
    #expect(try other.found(["anchor"]) == before)
    let synced = try other.syncReport()
    #expect(synced.run.status == 0, "\(synced.run)")
    #expect(try other.found(["anchor"])[0][0].contains("eighty"), "the next sync reads the source")

    let junk = try workspace.write("not a database at all", to: "junk.sqlite")
    let fault = try other.run("restore", junk.path, "--replace")
    #expect(fault.status == 3 && fault.errors.contains("junk.sqlite"), "\(fault)")
    try Data(bytes.prefix(bytes.count / 2)).write(to: junk)
    let half = try other.run("restore", junk.path, "--replace")
    #expect(half.status == 3 && half.errors.contains("remedy:"), "\(half)")
    #expect(try other.found(["anchor"])[0][0].contains("eighty"), "a bad backup changes nothing")
    #expect(try workspace.run("restore", "nowhere.sqlite", "--replace").status == 3)
  }
}
