import Documents
import Testing

@Suite("YAML")
struct YAMLReaderTests {
  @Test("A mapping's values are lines, its parts have headings and pointers; words stay as written")
  func mapping() throws {
    let document = try extract(
      """
      title: Pump station   # not data
      country: NO
      depth: 012.50
      note: >
        Two lines
        folded.
      valves:
        - {id: 7, maker: Holm}
        - {id: 8, tags: [old, slow]}
      empty: ~
      """,
      as: "d/pump.yaml"
    )
    #expect(document.title == "Pump station")
    #expect(document.mediaType == "application/yaml")
    #expect(
      blockTexts(document) == [
        "title: Pump station\ncountry: NO\ndepth: 012.50\nnote: Two lines folded.", "valves",
        "valves | id: 7 | maker: Holm", "valves | id: 8 | tags: old, slow",
      ]
    )
    #expect(document.blocks.map(\.origin).last == .pointer("/valves/1"))
  }

  @Test("A list of mappings is a table")
  func table() throws {
    let document = try extract("- id: 7\n  port: {name: Lorneby}\n- id: 8\n", as: "ports.yml")
    #expect(blockTexts(document) == ["ports | id: 7 | port.name: Lorneby", "ports | id: 8"])
    #expect(document.table?.columns == ["id", "port.name"])
  }

  @Test("Several documents have a heading each, and their number first in their pointers")
  func several() throws {
    let document = try extract("name: North\nsize: 3\n---\nsize: 4\n", as: "sites.yaml")
    #expect(
      blockTexts(document) == ["North", "name: North\nsize: 3", "sites 2", "size: 4"]
    )
    #expect(document.blocks[3].origin == .pointer("2"))
    let passages = Chunker(maximumTokens: 256, countTokens: countTestTokens)
      .passages(of: document)
    let resolver = LocationResolver(document)
    for passage in passages {
      #expect(resolver.text(at: passage.location) == passage.text)
      let url = DocumentURL(source: "s", path: "sites.yaml", location: passage.location)
      let found = try #require(resolver.location(of: url))
      #expect(resolver.text(at: found)?.contains(passage.text) ?? false)
    }
  }

  @Test("Aliases stand for what they name, and << takes the members that are not there")
  func aliases() throws {
    let document = try extract(
      "base: &base {port: 80, host: a}\nsite:\n  <<: *base\n  host: b\nagain: *base\n",
      as: "a.yaml"
    )
    #expect(
      blockTexts(document) == [
        "base", "port: 80\nhost: a", "site", "host: b\nport: 80", "again", "port: 80\nhost: a",
      ]
    )
  }

  @Test("Aliases that unfold without end, and deep nesting, are refused at once")
  func bombs() {
    var laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      laughs += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let deep = String(repeating: "[", count: 100_000)
    let blocks = (0..<400).map { String(repeating: " ", count: $0) + "a:" }
      .joined(separator: "\n")
    for (text, reason) in [(laughs, "unfold"), (deep, "levels"), (blocks, "levels")] {
      let error = #expect(throws: DocumentError.self) { try extract(text, as: "b.yaml") }
      #expect(error?.code == .malformed)
      #expect(error?.message.contains(reason) ?? false, "\(error?.message ?? "")")
    }
    #expect(throws: DocumentError.self) { try extract("a: &a [*a]", as: "loop.yaml") }
  }

  @Test("A fault is named with its line", arguments: ["a: 1\nb: [2\nc: 3\n", "a: 1\n\tb: 2\n"])
  func malformed(_ text: String) {
    let error = #expect(throws: DocumentError.self) { try extract(text, as: "a.yaml") }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("line ") ?? false)
  }

  @Test("A template is read as text, with a warning")
  func template() throws {
    let document = try extract(
      "name: {{ .Values.name }}\n{{- if .Values.on }}\nport: 80\n{{- end }}\n",
      as: "deployment.yaml"
    )
    #expect(document.mediaType == "text/plain")
    #expect(document.text.contains(".Values.name"))
    #expect(document.warnings.contains { $0.contains("template") && $0.contains("line 1") })
  }

  @Test("A file of unknown name is YAML where it begins as one and is one")
  func recognised() throws {
    #expect(try extract("---\nport: 80\n", as: "settings").mediaType == "application/yaml")
    #expect(try extract("---\nA note: of: words\n\t[", as: "note").mediaType == "text/plain")
    #expect(try extract("Only words.\n", as: "a.yaml").mediaType == "text/plain")
  }
}
