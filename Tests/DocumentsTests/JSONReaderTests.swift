import Documents
import Testing

@Suite("JSON")
struct JSONReaderTests {
  @Test("A list of objects is a table; keys of parts are joined, null is left out")
  func table() throws {
    let document = try extract(
      #"[{"id":7,"port":{"name":"Lorneby","lat":61.50},"tags":["a","b"],"x":null},{"id":8}]"#,
      as: "d/ports.json"
    )
    #expect(
      blockTexts(document) == [
        "ports | id: 7 | port.name: Lorneby | port.lat: 61.50 | tags: a, b", "ports | id: 8",
      ]
    )
    #expect(document.blocks.map(\.origin) == [.pointer("/0"), .pointer("/1")])
    #expect(document.table?.columns == ["id", "port.name", "port.lat", "tags"])
  }

  @Test("An object's values are lines, its parts have headings and pointers")
  func object() throws {
    let document = try extract(
      #"{"title":"Box","net":{"a/b~c":{"ip":"10.0.0.1"}},"n":1.20,"list":[{"k":"v"}]}"#,
      as: "box.json"
    )
    #expect(document.title == "Box")
    #expect(
      blockTexts(document) == [
        "title: Box\nn: 1.20", "net", "a/b~c", "ip: 10.0.0.1", "list", "list | k: v",
      ]
    )
    #expect(document.blocks[3].origin == .pointer("/net/a~1b~0c"))
    #expect(document.blocks[5].origin == .pointer("/list/0"))
  }

  @Test("Escapes are resolved, half surrogates replaced")
  func escapes() throws {
    let document = try extract(#"{"a":"\u00e9\n\ud83d\ude00 \ud83d"}"#, as: "a.json")
    #expect(document.text == "a: é\n😀 \u{FFFD}")
  }

  @Test(
    "A fault is named with line and column",
    arguments: ["{\"a\":\n tru}", "[1,]", "{\"a\" 1}", "[1] x", "\"open", "[1e]", "{\"\\q\":1}"]
  )
  func malformed(_ text: String) {
    let error = #expect(throws: DocumentError.self) { try extract(text, as: "a.json") }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("line") == true)
  }

  @Test(
    "Nesting of 100,000 levels is refused without harm",
    arguments: ["[", "{\"a\":", "[{\"a\":"]
  )
  func deep(_ opening: String) {
    let error = #expect(throws: DocumentError.self) {
      try extract(String(repeating: opening, count: 100_000), as: "deep.json")
    }
    #expect(error?.message.contains("200 levels") == true)
  }

  @Test("JSON Lines: a bad line is named and the rest goes on")
  func lines() throws {
    let document = try extract("{\"a\":1}\n{broken\n\n{\"a\":2}\n", as: "log.jsonl")
    #expect(blockTexts(document) == ["log | a: 1", "log | a: 2"])
    #expect(document.blocks[1].origin == .pointer("4"))
    #expect(document.warnings.count == 1)
    #expect(document.warnings[0].contains("line 2"))
  }

  @Test("JSON Lines under the name of a JSON file are read")
  func disguised() throws {
    let document = try extract("{\"a\":1}\n{\"a\":2}\n", as: "log.json")
    #expect(document.mediaType == "application/jsonl")
  }
}
