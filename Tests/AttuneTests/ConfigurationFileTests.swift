import Attune
import Foundation
import TestSupport
import Testing

/// Sources are written into the user's own file, and everything else in it stays.
@Suite struct ConfigurationFileTests {
  private let folder: TemporaryDirectory
  private var url: URL { folder.url.appendingPathComponent("attune.yaml") }
  private var file: ConfigurationFile { ConfigurationFile(url: url) }

  init() throws { folder = try TemporaryDirectory() }

  private func put(_ text: String) throws { try folder.write(text, to: "attune.yaml") }
  private func text() throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
  private func source(_ name: String, _ path: String) -> WorkspaceConfiguration.Source {
    WorkspaceConfiguration.Source(name: name, path: path)
  }

  @Test func addingToTheInitialFile() throws {
    try put(ConfigurationFile.initialText)
    try file.add(source("docs", "docs"))
    try file.add(source("shop", "/data/my shop.sqlite"))
    #expect(
      try text()
        == ConfigurationFile.initialText.replacing(
          "sources: []\n",
          with: """
            sources:
              - name: docs
                path: docs
              - name: shop
                path: "/data/my shop.sqlite"

            """
        )
    )
    try file.remove(named: "docs")
    try file.remove(named: "shop")
    #expect(try text() == ConfigurationFile.initialText)
  }

  @Test func commentsAndOrderStay() throws {
    let before = """
      # Ours.
      retrieval: {mode: dense} # quick
      sources: # what we know
        # The handbook comes first.
        - name: handbook # short name
          path: docs
          # asked for by HR

        # The shop.
        - path: /data/shop.sqlite
          name: shop

      # Figures.
      limits:
        max_file_mb: 10

      """
    try put(before)
    try file.add(source("new", "new"))
    #expect(
      try text()
        == before.replacing("name: shop\n", with: "name: shop\n  - name: new\n    path: new\n")
    )
    try file.remove(named: "new")
    #expect(try text() == before)
    try file.remove(named: "handbook")
    let rest = before.replacing(
      "  - name: handbook # short name\n    path: docs\n",
      with: ""
    )
    #expect(try text() == rest)
    try file.remove(named: "shop")
    #expect(
      try text()
        == rest.replacing("  - path: /data/shop.sqlite\n    name: shop\n", with: "")
        .replacing("sources: # what", with: "sources: [] # what")
    )
    #expect(try file.read().sources.isEmpty && file.read().maximumFileMegabytes == 10)
    try file.add(source("again", "docs"))
    #expect(try file.read().sources == [source("again", "docs")])
    #expect(try text().contains("sources: # what we know\n"))
  }

  @Test func entriesAreIndentedAsTheOthers() throws {
    let before = "sources:\n- name: a\n  path: a\nversion: 1\n"
    try put(before)
    try file.add(source("b", "b"))
    #expect(try text() == "sources:\n- name: a\n  path: a\n- name: b\n  path: b\nversion: 1\n")
    try file.remove(named: "b")
    #expect(try text() == before)
    try put("sources:\n    -   name: a\n        path: a\n")
    try file.add(source("b", "b"))
    #expect(try file.read().sources == [source("a", "a"), source("b", "b")])
  }

  @Test func aFileWithoutAListGetsOne() throws {
    for before in [
      "", "version: 1", "version: 1\n\n\n", "# nothing\n", "sources:\n", "sources: ~\n",
    ] {
      try put(before)
      try file.add(source("a", "a"))
      #expect(try file.read().sources == [source("a", "a")], "\(before)")
    }
  }

  @Test func aCommentForWhatFollowsStaysWithIt() throws {
    try put("sources: []\n\n# The model.\nmodels:\n  embedder: x\n")
    try file.add(source("a", "a"))
    #expect(
      try text() == """
        sources:
          - name: a
            path: a

        # The model.
        models:
          embedder: x

        """
    )
  }

  @Test func lineEndsStay() throws {
    try put("version: 1\r\nsources: []\r\nlimits: {max_file_mb: 3}\r\n")
    try file.add(source("a", "a"))
    #expect(
      try text()
        == "version: 1\r\nsources:\r\n  - name: a\r\n    path: a\r\nlimits: {max_file_mb: 3}\r\n"
    )
    try file.remove(named: "a")
    #expect(try text() == "version: 1\r\nsources: []\r\nlimits: {max_file_mb: 3}\r\n")
  }

  @Test(arguments: [
    "sources: [{name: a, path: b}]\n", "sources: [\n  {name: a, path: b}\n]\n",
    "sources:\n  [{name: a, path: b}]\n", "\"sources\": [{name: a, path: b}]\n",
    "{sources: [{name: a, path: b}]}\n",
  ])
  func flowListsAreNotTouched(before: String) throws {
    try put(before)
    #expect(try file.read().sources == [source("a", "b")])
    let error = #expect(throws: AttuneError.self) { try file.add(source("c", "d")) }
    #expect(error?.code == .configurationInvalid && error?.remedy.contains("by hand") == true)
    #expect(try text() == before)
  }

  @Test func whatIsNotThereCannotBeRead() throws {
    let error = #expect(throws: AttuneError.self) { try file.read() }
    #expect(error?.code == .configurationInvalid && error?.subject == url.path)
    try folder.write(Data([0xFF, 0xFE, 0x00]), to: "attune.yaml")
    #expect(throws: AttuneError.self) { try file.read() }
  }

  @Test(arguments: [
    "a b", "it's", "\"quoted\"", "back\\slash", "a: b", "# no comment", "- dash", "[flow]", "{x}",
    "*alias", "&anchor", "!tag", "%x", "@x", "`x`", "null", "~", "true", "no", "1e3", "0x1F",
    "12:30",
    "größe/寿司 🦊", "trailing ", " leading", "tab\there", "new\nline", ".", "..", "/", "a#b", "a #b",
    "é", "e\u{301}", "?", "|", ">", "=", "<<", "2024-01-01", "C:\\Data\\docs",
    "bell\u{7}", "\"\u{301}x", "\\\u{301}n", "line\u{2028}end", "\u{85}", "\r",
  ])
  func anyPathComesBack(path: String) throws {
    try put(ConfigurationFile.initialText)
    try file.add(source("x", path))
    let read = try #require(try file.read().sources.first)
    #expect(read.path.utf8.elementsEqual(path.utf8))
    try file.remove(named: "x")
    #expect(try text() == ConfigurationFile.initialText)
  }

  @Test(arguments: ["null", "true", "no", "1e3", "0x1F", "7", "1.5", "2024-01-01"])
  func anyNameComesBack(name: String) throws {
    try put(ConfigurationFile.initialText)
    try file.add(source(name, "docs"))
    #expect(try file.read().sources == [source(name, "docs")])
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func addingAndRemovingInAnyOrder(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    try put("version: 1\n# above\nsources: [] # list\n# below\nanswers:\n  quotes: 2\n\n# end\n")
    let kept = ["version: 1", "# above", " # list", "# below", "answers:", "  quotes: 2", "# end"]
    var expected: [WorkspaceConfiguration.Source] = []
    for step in 0..<40 {
      if Bool.random(using: &random) || expected.isEmpty {
        let name = "s\(step)"
        var path = random.text(count: Int.random(in: 1...12, using: &random))
        // YAML has no place for some of them.
        path.unicodeScalars.removeAll { !Self.isWritable($0) }
        guard !path.isEmpty else { continue }
        try file.add(source(name, path))
        expected.append(source(name, path))
      } else {
        let index = Int.random(in: expected.indices, using: &random)
        try file.remove(named: expected[index].name)
        expected.remove(at: index)
      }
      #expect(try file.read().sources == expected)
      let text = try text()
      #expect(kept.allSatisfy { text.contains($0) }, "\(text)")
    }
  }

  @Test func aPathThatWouldNotComeBackIsRefused() throws {
    // The YAML reader drops a byte order mark.
    try put(ConfigurationFile.initialText)
    let error = #expect(throws: AttuneError.self) { try file.add(source("x", "\u{FEFF}bom")) }
    #expect(error?.code == .configurationInvalid)
    #expect(try text() == ConfigurationFile.initialText)
  }

  private static func isWritable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory != .unassigned && scalar != "\u{FEFF}"
  }
}
