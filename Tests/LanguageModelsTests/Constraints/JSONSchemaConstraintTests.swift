import LanguageModels
import TestSupport
import Testing

@Suite("Output constrained by a JSON schema")
struct JSONSchemaConstraintTests {
  static let person = """
    {"type": "object", "title": "A person",
     "properties": {
       "name": {"type": "string", "minLength": 1, "maxLength": 8},
       "age": {"type": "integer", "minimum": 0},
       "height": {"type": "number"},
       "kind": {"enum": ["cat", "dog \\"x\\"", 3, null]},
       "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
       "home": {"$ref": "#/$defs/place"},
       "works": {"anyOf": [{"$ref": "#/$defs/place"}, {"type": ["null", "boolean"]}]}},
     "required": ["name", "kind", "home"],
     "$defs": {"place": {"type": "object",
       "properties": {"city": {"const": "Zürich"}, "zip": {"type": "string"}}}}}
    """

  static let schemas = [
    person,
    #"{"type": "string"}"#, #"{"type": "number"}"#, #"{"type": "integer"}"#, #"{"type": "null"}"#,
    #"{"type": ["number", "integer", "string", "null", "boolean"]}"#,
    #"{"type": "array", "items": {"type": "number"}}"#,
    #"{"type": "array", "items": {"type": "array", "items": {"type": "boolean"}, "minItems": 2}, "minItems": 1, "maxItems": 2}"#,
    #"{"type": "object"}"#, #"{"type": "array", "maxItems": 0}"#,
    #"{"type": "object", "properties": {"a": {"type": "null"}, "ab": {"type": "null"}, "é\"": {"type": "integer"}}}"#,
    #"{"anyOf": [{"type": "integer"}, {"type": "number"}, {"const": 12}, {"enum": [1, 12.5, "12", [1, {"a": 2}]]}]}"#,
    #"{"type": "string", "minLength": 3, "maxLength": 3}"#,
  ]

  private static func allows(_ schema: String, _ text: String) throws -> Bool {
    var constraint = try JSONSchemaConstraint(schema: schema)
    guard constraint.accepts(Array(text.utf8)) else { return false }
    constraint.advance(Array(text.utf8))
    return constraint.isComplete
  }

  @Test("takes what the schema allows and nothing else")
  func allowsWhatTheSchemaAllows() throws {
    let allowed = [
      #"{"name": "Ann", "kind": "cat", "home": {}}"#,
      #"{"name":"A\u00e9\n","age":0,"height":-1.5e-3,"kind":3,"tags":["",""],"home":{"city":"Zürich"},"works":null}"#,
      #"{"name": "日本語👩é", "kind": null, "home": {"zip": "8000"}, "works": {"city": "Zürich", "zip": ""}}"#,
      #"{"name": "x", "kind": "dog \"x\"", "home": {}, "works": true}"#,
    ]
    for text in allowed { #expect(try Self.allows(Self.person, text), "\(text)") }
    let refused = [
      "", "{}", "null", #"{"name": "Ann"}"#, #"{"name": "", "kind": 3, "home": {}}"#,
      #"{"name": "ninechars", "kind": 3, "home": {}}"#, #"{"kind": 3, "name": "x", "home": {}}"#,
      #"{"name": "x", "age": -1, "kind": 3, "home": {}}"#,
      #"{"name": "x", "age": 01, "kind": 3, "home": {}}"#,
      #"{"name": "x", "age": 1.5, "kind": 3, "home": {}}"#,
      #"{"name": "x", "kind": "bird", "home": {}}"#,
      #"{"name": "x", "kind": 3, "tags": [], "home": {}}"#,
      #"{"name": "x", "kind": 3, "tags": ["","","",""], "home": {}}"#,
      #"{"name": "x", "kind": 3, "home": {"city": "Bern"}}"#,
      #"{"name": "x", "kind": 3, "home": {},}"#,
      #"{"name": "x", "kind": 3, "home": {}, "more": 1}"#,
      #"{"name": "x", "kind": 3, "home": {}} "#,
      #" {"name": "x", "kind": 3, "home": {}}"#, #"{"name":  "x", "kind": 3, "home": {}}"#,
      #"{"name": "\ud800", "kind": 3, "home": {}}"#, #"{"name": "\x", "kind": 3, "home": {}}"#,
      "{\"name\": \"a\nb\", \"kind\": 3, \"home\": {}}",
    ]
    for text in refused { #expect(try !Self.allows(Self.person, text), "\(text)") }
  }

  @Test("takes bytes of UTF-8 only, wherever tokens are cut")
  func takesOnlyUTF8() throws {
    var constraint = try JSONSchemaConstraint(schema: #"{"type": "string"}"#)
    constraint.advance([0x22])
    for bytes in [[0xC0, 0x80], [0xED, 0xA0], [0xF4, 0x90], [0xFF], [0x80], [0xE0, 0x80]]
      as [[UInt8]]
    {
      #expect(!constraint.accepts(bytes))
    }
    constraint.advance([0xF0, 0x9F])
    #expect(!constraint.accepts([0x22]))
    #expect(constraint.accepts([0x98, 0x80, 0x22]))
    #expect(!constraint.accepts([0x98, 0x80, 0x22, 0x20]))
    #expect(!constraint.isComplete)
  }

  @Test(
    "ends what was cut off",
    arguments: [
      ("", #"{"name":".","kind":3,"home":{}}"#), (#"{"name": "An"#, #"","kind":3,"home":{}}"#),
      (#"{"name": "A\"#, #"n","kind":3,"home":{}}"#),
      (#"{"name": "A\u00"#, #"00","kind":3,"home":{}}"#),
      (#"{"name": "A", "kind": "dog"#, ##" \"x\"","home":{}}"##),
      (#"{"name": "A", "height": 1."#, #"0,"kind":3,"home":{}}"#),
      (#"{"name": "A", "kind": 3, "tags": ["a","#, "\"\"],\"home\":{}}"),
      (#"{"name": "A", "kind": 3, "home": {}}"#, ""),
    ]
  )
  func endsWhatWasCutOff(text: String, ending: String) throws {
    let constraint = try JSONSchemaConstraint(schema: Self.person)
    let completion = try #require(constraint.completion(of: text))
    #expect(completion == ending)
    #expect(try Self.allows(Self.person, text + completion))
    #expect(constraint.completion(of: "{\"nome") == nil)
  }

  @Test("whatever is written byte by byte can be ended, and is then valid", arguments: schemas)
  func randomTextsAreValid(schema: String) throws {
    var random = SplitMix64(seed: 7)
    let schemaValue = try TemplateValue(json: schema)
    let empty = try JSONSchemaConstraint(schema: schema)
    for _ in 0..<40 {
      var constraint = empty
      var written: [UInt8] = []
      let length = Int.random(in: 0...60, using: &random)
      while written.count < length {
        let followers = (0...255).map { UInt8($0) }.filter { constraint.accepts([$0]) }
        // Of the many letters only few, so that strings end.
        let marks = followers.filter { "\"\\,:{}[]0129.e-ntfudD".utf8.contains($0) || $0 > 0xE0 }
        guard let byte = (marks.isEmpty ? followers : marks).randomElement(using: &random) else {
          #expect(constraint.isComplete)
          break
        }
        constraint.advance([byte])
        written.append(byte)
      }
      #expect(empty.accepts(written))
      // What is cut within a character is no text; another round is not.
      guard let text = String(validating: written, as: UTF8.self) else { continue }
      let completion = try #require(empty.completion(of: text), "\(text)")
      #expect(constraint.isComplete == completion.isEmpty)
      let value = try TemplateValue(json: text + completion)
      #expect(Self.isValid(value, schemaValue, schemaValue), "\(text)\(completion)")
    }
  }

  /// A validator of its own, for the keywords that the schemas above use.
  private static func isValid(
    _ value: TemplateValue,
    _ schema: TemplateValue,
    _ document: TemplateValue
  ) -> Bool {
    guard let schema = schema.objectValue else { return false }
    if schema["$ref"] != nil {
      let place = document.objectValue?["$defs"]?.objectValue?["place"] ?? .null
      return isValid(value, place, document)
    }
    if let constant = schema["const"] { return value == constant }
    if let values = schema["enum"]?.arrayValue { return values.contains(value) }
    if let choices = schema["anyOf"]?.arrayValue {
      return choices.contains { isValid(value, $0, document) }
    }
    let types = schema["type"]?.arrayValue ?? [schema["type"] ?? .null]
    return types.contains { type in
      switch (type.stringValue, value) {
      case ("null", .null), ("boolean", .bool), ("number", .double): return true
      case ("integer", .integer(let number)), ("number", .integer(let number)):
        return schema["minimum"] == nil || number >= 0
      case ("string", .string(let text)):
        let count = text.unicodeScalars.count
        if case .integer(let least)? = schema["minLength"], count < least { return false }
        if case .integer(let most)? = schema["maxLength"], count > most { return false }
        return true
      case ("array", .array(let items)):
        if case .integer(let least)? = schema["minItems"], items.count < least { return false }
        if case .integer(let most)? = schema["maxItems"], items.count > most { return false }
        return items.allSatisfy { isValid($0, schema["items"] ?? .null, document) }
      case ("object", .object(let object)):
        let properties = schema["properties"]?.objectValue ?? [:]
        let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        return required.allSatisfy { object[$0] != nil }
          && object.members.allSatisfy { member in
            properties[member.name].map { isValid(member.value, $0, document) } ?? false
          }
      default: return false
      }
    }
  }

  @Test(
    "names what it does not know",
    arguments: [
      ("[]", "no object"), ("{", "no JSON"), ("{}", "'type' is needed"),
      (#"{"type": "text"}"#, "none of JSON's"),
      (#"{"type": "string", "pattern": "a+"}"#, "'pattern'"),
      (#"{"type": "integer", "minimum": 5}"#, "'minimum'"), (#"{"type": "array"}"#, "'items'"),
      (#"{"oneOf": [{"type": "null"}]}"#, "'type' is needed"),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "format": "date"}}}"#,
        "'format'"
      ),
      (#"{"type": "object", "required": ["a"]}"#, "'required'"), (#"{"enum": []}"#, "No value"),
      (#"{"type": "string", "const": 1}"#, "No value"),
      (#"{"type": "string", "minLength": 5, "maxLength": 2}"#, "below"),
      (#"{"type": "string", "minLength": -1}"#, "'minLength'"),
      (
        ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}}}}"##,
        "back to itself"
      ),
      (#"{"$ref": "http://x/y"}"#, "nowhere"),
      (
        #"{"type": "array", "minItems": 9999, "items": {"type": "array", "minItems": 9999, "items": {"type": "null"}}}"#,
        "shortest"
      ),
    ]
  )
  func namesWhatItDoesNotKnow(schema: String, part: String) throws {
    let error = #expect(throws: LanguageModelError.self) {
      try JSONSchemaConstraint(schema: schema)
    }
    #expect(error?.description.contains(part) == true, "\(String(describing: error))")
  }

  @Test("stays quick where a schema has many ways")
  func manyWaysStayQuick() throws {
    // Twenty-five levels, each of which can be read in two ways.
    var definitions = #""d0": {"type": "null"}"#
    for level in 1...25 {
      let below = ##"{"$ref": "#/$defs/d\##(level - 1)"}"##
      definitions += #", "d\#(level)": {"anyOf": [\#(below), \#(below)]}"#
    }
    let schema = ##"{"$ref": "#/$defs/d25", "$defs": {\##(definitions)}}"##
    #expect(try Self.allows(schema, "null"))
    #expect(try JSONSchemaConstraint(schema: schema).completion(of: "") == "null")
    // Items that are whole numbers and numbers at once must not double the ways with each item.
    let numbers =
      ##"{"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "number"}]}}"##
    #expect(try Self.allows(numbers, "[" + String(repeating: "1,", count: 2000) + "1]"))
  }

  @Test("damaged schemas are refused or still give JSON", arguments: [1, 2] as [UInt64])
  func damagedSchemasNeverTrap(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "\"", "{", "}", "[", "]", ",", ":", "0", "-1", "1e999", "99999999999999999999", "null",
      "true",
      "\"type\"", "\"items\"", "\"enum\"", "\"$ref\"", "\"anyOf\"", "\"integer\"", "\\ud800", "é",
    ]
    var understood = 0
    for _ in 0..<3000 {
      var schema = Array((Self.schemas.randomElement(using: &random) ?? "").unicodeScalars)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0...schema.count, using: &random)
        let end = min(schema.count, place + Int.random(in: 0...8, using: &random))
        let piece = random.next() % 3 == 0 ? "" : pieces.randomElement(using: &random) ?? ""
        schema.replaceSubrange(place..<end, with: piece.unicodeScalars)
      }
      let text = String(String.UnicodeScalarView(schema))
      guard let constraint = try? JSONSchemaConstraint(schema: text) else { continue }
      understood += 1
      let completion = try #require(constraint.completion(of: ""))
      #expect(throws: Never.self, "\(text)") { try TemplateValue(json: completion) }
    }
    #expect(understood > 30)
  }
}
