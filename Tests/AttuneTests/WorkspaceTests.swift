import Attune
import Foundation
import TestSupport
import Testing

/// Making and finding workspaces, and adding sources to them.
@Suite struct WorkspaceTests {
  @Test func aNewWorkspaceIsForItsOwnerOnly() throws {
    let test = try TestWorkspace()
    let workspace = try test.workspace()
    #expect(workspace.configuration == WorkspaceConfiguration())
    let attributes = try FileManager.default.attributesOfItem(atPath: workspace.layout.data.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
  }

  @Test func anExistingWorkspaceIsOpenedAsItIs() throws {
    let test = try TestWorkspace()
    try test.write("limits: {max_file_mb: 5}\n", to: "work/attune.yaml")
    let again = try Workspace.create(at: test.root)
    #expect(again.configuration.maximumFileMegabytes == 5)
    #expect(try String(contentsOf: test.configuration, encoding: .utf8).hasPrefix("limits"))
  }

  @Test func aWorkspaceIsFoundFromBelow() throws {
    let test = try TestWorkspace()
    let deep = try test.write("x", to: "work/a/b/c/file.txt").deletingLastPathComponent()
    #expect(WorkspaceLayout.nearest(to: deep)?.root.path == test.root.standardizedFileURL.path)
    #expect(try Workspace.find(from: deep).layout.root.path == test.root.standardizedFileURL.path)
    // The nearer of two.
    try test.write("", to: "work/a/attune.yaml")
    #expect(try Workspace.find(from: deep).layout.root.lastPathComponent == "a")
    let error = #expect(throws: AttuneError.self) { try Workspace.find(from: test.folder.url) }
    #expect(error?.code == .noWorkspace && error?.remedy.contains("attune init") == true)
  }

  @Test func aFileInTheWayIsReported() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write("x", to: "taken")
    let error = #expect(throws: AttuneError.self) { try Workspace.create(at: file) }
    #expect(error?.code == .fileFault && error?.cause?.isEmpty == false)
  }

  @Test func placesInsideAreKeptRelative() throws {
    let test = try TestWorkspace()
    try test.write("x", to: "work/docs/a.txt")
    try test.write("x", to: "outside/a.txt")
    try test.write("x", to: "work-beside/a.txt")
    #expect(try test.add("work/docs").path == "docs")
    #expect(try test.add("work", name: "all").path == ".")
    let outside = try test.add("outside")
    #expect(outside.path == test.folder.url.standardizedFileURL.path + "/outside")
    #expect(try test.add("work-beside").path.hasPrefix("/"))
    let workspace = try test.workspace()
    #expect(workspace.configuration.sources.count == 4)
    let root = test.root.standardizedFileURL.path
    #expect(
      workspace.configuration.sources.map { workspace.location(of: $0) }
        == [root + "/docs", root, outside.path, root + "-beside"]
    )
    // Moved as a whole, the workspace finds what lies in it.
    let moved = test.folder.url.appendingPathComponent("moved")
    try FileManager.default.moveItem(at: test.root, to: moved)
    let found = try Workspace.find(from: moved)
    #expect(found.location(of: found.configuration.sources[0]).hasSuffix("/moved/docs"))
  }

  @Test func namesAreMadeFromPlaces() throws {
    let test = try TestWorkspace()
    for (path, name) in [
      ("one/Handbook 2024/x", "handbook-2024"), ("two/Handbook 2024/x", "handbook-2024-2"),
      ("three/handbook_2024/x", "handbook-2024-3"), ("寿司/x", "source"), ("Größe/x", "gr-e"),
      ("v1.2/x", "v1"),
    ] {
      let file = try test.write("text", to: path)
      let folder = file.deletingLastPathComponent()
      let source = try test.workspace().addSource(at: folder, name: nil)
      #expect(source.name == name)
      #expect(WorkspaceConfiguration.isValidSourceName(source.name))
    }
    try test.write("text", to: "shop.backup.sqlite")
    #expect(try test.add("shop.backup.sqlite").name == "shop-backup")
  }

  @Test func aPlaceIsASourceOnce() throws {
    let test = try TestWorkspace()
    try test.write("x", to: "docs/a.txt")
    let first = try test.add("docs", name: "handbook")
    #expect(try test.add("docs") == first && test.add("docs", name: "handbook") == first)
    #expect(try test.add("docs/../docs/") == first)
    #expect(try test.workspace().configuration.sources == [first])
    let error = #expect(throws: AttuneError.self) { try test.add("docs", name: "other") }
    #expect(error?.code == .sourceInvalid && error?.message.contains("handbook") == true)
  }

  @Test func whatCannotBeASource() throws {
    let test = try TestWorkspace()
    try test.write("x", to: "docs/a.txt")
    try test.write("x", to: "more/a.txt")
    try test.write("x", to: "work/.attune/models/a.txt")
    _ = try test.add("docs", name: "docs")
    for (path, name) in [
      ("nothing-here", nil), ("work/.attune", nil), ("work/.attune/models", nil), ("more", "docs"),
      ("more", "a b"), ("more", ""), ("more", "../up"), ("more", ".hidden"),
    ] {
      let error = #expect(throws: AttuneError.self, "\(path)") { try test.add(path, name: name) }
      #expect(error?.code == .sourceInvalid && error?.remedy.isEmpty == false)
    }
    #expect(try test.workspace().configuration.sources.map(\.name) == ["docs"])
  }

  @Test func withoutAnythingThereIsNoSession() throws {
    let error = #expect(throws: AttuneError.self) { try TestWorkspace().workspace().session() }
    #expect(error?.code == .nothingIndexed && error?.remedy.contains("attune add") == true)
  }
}
