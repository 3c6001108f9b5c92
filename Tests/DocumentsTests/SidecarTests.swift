import Documents
import Testing

@Suite("Metadata beside a file")
struct SidecarTests {
  private func read(_ folder: TemporaryFolder, _ path: String) throws -> ExtractedDocument {
    try FolderSource(root: folder.path).read(SourceItem(path: path, fingerprint: "")).extract()
  }

  @Test("A sidecar's values are the file's; it is no document of its own")
  func values() throws {
    let folder = try TemporaryFolder()
    try folder.write("plan.txt", "The quay is closed in May.")
    try folder.write(
      "plan.txt.meta.yaml",
      "Title: Harbour plan\nowner: {name: Ilse, unit: 7}\ntags: [quay, 2031]\nlanguage: en\n"
    )
    try folder.write("box.md", "---\nstate: draft\nkeeper: Dov\n---\n# Box\nWords.")
    try folder.write("box.md.meta.json", #"{"State": "final"}"#)
    try folder.write("alone.meta.yaml", "a: 1\n")
    let items = try FolderSource(root: folder.path).list().items
    #expect(items.map(\.path) == ["alone.meta.yaml", "box.md", "plan.txt"])
    let plan = try read(folder, "plan.txt")
    #expect(plan.title == "Harbour plan")
    #expect(
      plan.metadata == [
        "title": "Harbour plan", "owner.name": "Ilse", "owner.unit": "7", "tags": "quay, 2031",
        "language": "en",
      ]
    )
    let box = try read(folder, "box.md")
    #expect(box.metadata["state"] == "final" && box.metadata["keeper"] == "Dov")
    #expect(box.title == "Box")
  }

  @Test("A sidecar that comes, changes or goes has the file read again")
  func changes() throws {
    let folder = try TemporaryFolder()
    try folder.write("plan.txt", "The quay is closed in May.")
    let source = FolderSource(root: folder.path)
    func look() throws -> (fingerprint: String, hash: String) {
      let item = try #require(try source.list().items.first)
      return (item.fingerprint, try source.read(item).hash)
    }
    let bare = try look()
    try folder.write("plan.txt.meta.yaml", "owner: Ilse\n")
    let first = try look()
    try folder.write("plan.txt.meta.yaml", "owner: Gunnar\n")
    let second = try look()
    #expect(Set([bare.fingerprint, first.fingerprint, second.fingerprint]).count == 3)
    #expect(Set([bare.hash, first.hash, second.hash]).count == 3)
  }

  @Test(
    "A sidecar that cannot be used is a warning, and the file is read",
    arguments: [
      ("yaml", "a: [1\nb: 2\n", "line "), ("json", "{\"a\": 1,}", "line 1"),
      ("yaml", "- a\n- b\n", "names with values"), ("yml", "a: &a [*a]", "line 1"),
    ]
  )
  func malformed(_ suffix: String, _ text: String, _ reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("plan.txt", "The quay is closed in May.")
    try folder.write("plan.txt.meta.\(suffix)", text)
    let document = try read(folder, "plan.txt")
    #expect(document.text == "The quay is closed in May.")
    #expect(document.metadata["a"] == nil)
    let warning = try #require(document.warnings.first)
    #expect(warning.hasPrefix("plan.txt.meta.\(suffix) ") && warning.contains(reason))
  }

  @Test("In an archive, files have sidecars too")
  func archive() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.zip",
      ZipBuilder.archive([
        ("in/plan.txt", "The quay is closed in May."), ("in/plan.txt.meta.yaml", "owner: Ilse\n"),
      ])
    )
    let source = FolderSource(root: folder.path)
    let parts = try source.read(SourceItem(path: "a.zip", fingerprint: "")).parts()
    #expect(parts.map(\.name) == ["in/plan.txt"])
    #expect(try parts[0].content().extract().metadata["owner"] == "Ilse")
    #expect(try read(folder, "a.zip#in/plan.txt").metadata["owner"] == "Ilse")
  }

  @Test("What is said is bounded")
  func limits() throws {
    let folder = try TemporaryFolder()
    try folder.write("plan.txt", "The quay is closed in May.")
    let long = String(repeating: "x", count: 20_000)
    let many = (0..<500).map { "key\($0): v\n" }.joined()
    try folder.write("plan.txt.meta.yaml", "long: \(long)\n" + many)
    let document = try read(folder, "plan.txt")
    #expect(document.metadata.count <= 201)
    #expect(document.metadata["long"] == nil && document.metadata["key0"] == "v")
    #expect(document.warnings.count == 2)
  }
}
