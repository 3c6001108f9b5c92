import Foundation
import TestSupport
import Testing

/// A source or a folder names the groups that may see it; nobody else finds, or is answered from, what
/// stands in it.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct AccessTests {
  private func workspace() throws -> TestWorkspace {
    let workspace = try TestWorkspace()
    try workspace.write(
      "# Travel\n\nThe daily allowance for travel is 40 euros.\n",
      to: "share/travel.md"
    )
    try workspace.write(
      "# Salaries\n\nThe harbor master earns 88000 euros a year.\n",
      to: "share/hr/salaries.md"
    )
    try configure(workspace, folders: "{hr: [people]}")
    let sync = try workspace.run("sync")
    #expect(sync.status == 0, "\(sync)")
    return workspace
  }

  private func configure(_ workspace: TestWorkspace, folders: String) throws {
    let share = workspace.data.appendingPathComponent("share").path
    let yaml = """
      version: 1
      sources:
        - name: share
          path: "\(share)"
          groups: [staff]
          folders: \(folders)
      """
    try Data(yaml.utf8).write(to: workspace.root.appendingPathComponent("attune.yaml"))
  }

  private func found(_ workspace: TestWorkspace, as groups: String...) throws -> Set<String> {
    let run = try AttuneProgram.run(
      ["search", "--json", "What does the harbor master earn?"] + groups.flatMap { ["--as", $0] },
      in: workspace.root
    )
    #expect(run.status == 0, "\(run)")
    return Set(run.json["results"].array.compactMap { $0["document"].string })
  }

  @Test("the innermost folder's groups decide; the owner sees all")
  func search() throws {
    let workspace = try workspace()
    #expect(try found(workspace) == ["travel.md", "hr/salaries.md"])
    #expect(try found(workspace, as: "staff") == ["travel.md"])
    #expect(try found(workspace, as: "people") == ["hr/salaries.md"])
    #expect(try found(workspace, as: "staff", "people") == ["travel.md", "hr/salaries.md"])
    #expect(try found(workspace, as: "guests") == [])
  }

  @Test("an answer comes from what the asker may see alone")
  func ask() throws {
    let workspace = try workspace()
    let question = "What does the harbor master earn a year?"
    let people = try workspace.run("ask", "--json", "--as", "people", question)
    #expect(people.output.contains("88000"), "\(people)")
    let staff = try workspace.run("ask", "--json", "--as", "staff", question)
    #expect(staff.status == 0 && !staff.output.contains("88000"), "\(staff)")
    #expect(!staff.output.contains("salaries"), "\(staff)")
  }

  @Test("other groups in attune.yaml hold after the next sync, without reading anything again")
  func change() throws {
    let workspace = try workspace()
    try configure(workspace, folders: "{hr: [board]}")
    let (run, report) = try workspace.syncReport()
    #expect(
      run.status == 0 && report["unchanged"].int == 2 && report["embedded"].int == 0,
      "\(run)"
    )
    #expect(try found(workspace, as: "people") == [])
    #expect(try found(workspace, as: "board") == ["hr/salaries.md"])
  }

  @Test("a folder without groups is refused: it would be open to all or to nobody")
  func mistake() throws {
    let workspace = try workspace()
    try configure(workspace, folders: "{hr: []}")
    let run = try workspace.run("sync")
    #expect(run.status == 3 && run.errors.contains("hr"), "\(run)")
  }
}
