/// Turns a schema into the grammar of the texts that it allows.
struct JSONSchemaReader {
  private let document: TemplateObject
  private var grammar = JSONGrammar()
  /// The nodes of references that have been read.
  private var references: [String: Int] = [:]
  /// The references that are being read, which must not come up again.
  private var open: [String] = []
  private var depth = 0

  private static let deepest = 64
  private static let mostItems = 10_000
  /// The most bytes that the shortest text may have; longer ones fit into no answer.
  private static let longestLeast = 1 << 16

  /// Keywords that restrict nothing.
  private static let notes: Set<String> = [
    "$anchor", "$comment", "$defs", "$id", "$schema", "default", "definitions", "deprecated",
    "description", "examples", "readOnly", "title", "writeOnly",
  ]
  /// The keywords that each type knows.
  private static let keywords: [String: Set<String>] = [
    // What a schema does not list is never written, so it is of no matter whether it may be.
    "object": ["properties", "required", "additionalProperties"],
    "array": ["items", "minItems", "maxItems"],
    "string": ["minLength", "maxLength"],
    "number": ["minimum"],
    "integer": ["minimum"],
    "boolean": [],
    "null": [],
  ]

  /// The grammar of a schema.
  static func grammar(of schema: TemplateValue) throws(LanguageModelError) -> JSONGrammar {
    guard let document = schema.objectValue else {
      throw invalid("The schema is no object.", at: "#")
    }
    var reader = JSONSchemaReader(document: document)
    reader.grammar.root = try reader.node(of: schema, at: "#")
    guard reader.grammar.shortestCounts[reader.grammar.root] <= longestLeast else {
      throw invalid("Even the shortest value is longer than \(longestLeast) bytes.", at: "#")
    }
    return reader.grammar
  }

  private init(document: TemplateObject) { self.document = document }

  /// An error about a place of the schema.
  static func invalid(
    _ message: String,
    at place: String,
    cause: String? = nil
  ) -> LanguageModelError {
    LanguageModelError(
      .invalidInput,
      message,
      subject: "JSON schema, \(place)",
      cause: cause,
      remedy: "Change the schema to what constrained output knows."
    )
  }

  private mutating func node(
    of schema: TemplateValue,
    at place: String
  ) throws(LanguageModelError) -> Int {
    guard let schema = schema.objectValue else {
      throw Self.invalid("A schema must be an object here.", at: place)
    }
    guard depth < Self.deepest else {
      throw Self.invalid("The schema nests more than \(Self.deepest) levels deep.", at: place)
    }
    depth += 1
    defer { depth -= 1 }
    let members = schema.members.filter { !Self.notes.contains($0.name) }
    if let reference = schema["$ref"] {
      try expectOnly(["$ref"], members, place)
      return try node(ofReference: reference, at: place)
    }
    if let value = schema["const"] {
      try expectOnly(["const", "type"], members, place)
      return try literals([value], types: types(of: schema, at: place), at: place)
    }
    if let values = schema["enum"] {
      try expectOnly(["enum", "type"], members, place)
      return try literals(
        values.arrayValue ?? [],
        types: types(of: schema, at: place),
        at: place + "/enum"
      )
    }
    if let choices = schema["anyOf"] {
      try expectOnly(["anyOf"], members, place)
      guard let choices = choices.arrayValue, !choices.isEmpty else {
        throw Self.invalid("'anyOf' needs a list of schemas.", at: place)
      }
      var nodes: [Int] = []
      for (index, choice) in choices.enumerated() {
        nodes.append(try node(of: choice, at: "\(place)/anyOf/\(index)"))
      }
      return grammar.add(.choice(nodes))
    }
    guard let types = try types(of: schema, at: place) else {
      let keyword = members.first.map { "Only '\($0.name)' is given." }
      throw Self.invalid("A 'type' is needed.", at: place, cause: keyword)
    }
    try expectOnly(
      types.reduce(into: ["type"]) { $0.formUnion(Self.keywords[$1] ?? []) },
      members,
      place
    )
    var nodes: [Int] = []
    for type in types { nodes.append(try node(ofType: type, schema, at: place)) }
    return nodes.count == 1 ? nodes[0] : grammar.add(.choice(nodes))
  }

  private func expectOnly(
    _ known: Set<String>,
    _ members: [TemplateObject.Member],
    _ place: String
  ) throws(LanguageModelError) {
    for member in members where !known.contains(member.name) {
      throw Self.invalid("The keyword '\(member.name)' is not supported here.", at: place)
    }
  }

  private func types(
    of schema: TemplateObject,
    at place: String
  ) throws(LanguageModelError) -> [String]? {
    guard let value = schema["type"] else { return nil }
    let names = value.arrayValue ?? [value]
    var types: [String] = []
    for name in names {
      guard let name = name.stringValue, Self.keywords[name] != nil else {
        throw Self.invalid("The 'type' is none of JSON's.", at: place)
      }
      // Every whole number is a number too.
      if !types.contains(name) { types.append(name) }
    }
    if types.contains("number") { types.removeAll { $0 == "integer" } }
    guard !types.isEmpty else { throw Self.invalid("The 'type' is empty.", at: place) }
    return types
  }

  private mutating func node(
    ofReference reference: TemplateValue,
    at place: String
  ) throws(LanguageModelError) -> Int {
    guard let path = reference.stringValue else {
      throw Self.invalid("A '$ref' must be text.", at: place)
    }
    if let node = references[path] { return node }
    guard !open.contains(path) else {
      throw Self.invalid("The reference '\(path)' leads back to itself.", at: place)
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == "#", ["$defs", "definitions"].contains(parts[1]),
      let target = document[parts[1]]?.objectValue?[
        parts[2].replacing("~1", with: "/").replacing("~0", with: "~")
      ]
    else {
      throw Self.invalid("The reference '\(path)' leads nowhere in '#/$defs'.", at: place)
    }
    open.append(path)
    defer { open.removeLast() }
    let node = try node(of: target, at: path)
    references[path] = node
    return node
  }

  /// A node for given values, of which those of other types fall away.
  private mutating func literals(
    _ values: [TemplateValue],
    types: [String]?,
    at place: String
  ) throws(LanguageModelError) -> Int {
    var nodes: [Int] = []
    for value in values
    where types.map({ types in types.contains { value.isOf(type: $0) } }) ?? true {
      guard let text = value.json else {
        throw Self.invalid("A value has no JSON: a number that is infinite or none.", at: place)
      }
      nodes.append(grammar.add(.literal(Array(text.utf8))))
    }
    guard !nodes.isEmpty else { throw Self.invalid("No value is allowed.", at: place) }
    return grammar.add(.choice(nodes))
  }

  private mutating func node(
    ofType type: String,
    _ schema: TemplateObject,
    at place: String
  ) throws(LanguageModelError) -> Int {
    switch type {
    case "null": return grammar.add(.literal(Array("null".utf8)))
    case "boolean": return try literals([true, false], types: nil, at: place)
    case "string":
      let (minimum, maximum) = try bounds("minLength", "maxLength", schema, place)
      return grammar.add(.string(minimum: minimum, maximum: maximum))
    case "number", "integer":
      var mayBeNegative = true
      if let minimum = schema["minimum"] {
        guard minimum == 0 || minimum == 0.0 else {
          throw Self.invalid("A 'minimum' other than 0 is not supported.", at: place)
        }
        mayBeNegative = false
      }
      return grammar.add(.number(isWhole: type == "integer", mayBeNegative: mayBeNegative))
    case "array":
      let (minimum, maximum) = try bounds("minItems", "maxItems", schema, place)
      guard let items = schema["items"] else {
        guard maximum == 0 else { throw Self.invalid("An array needs 'items'.", at: place) }
        return grammar.add(.literal(Array("[]".utf8)))
      }
      let item = try node(of: items, at: place + "/items")
      return grammar.add(.array(item: item, minimum: minimum, maximum: maximum))
    default: return try object(schema, at: place)
    }
  }

  private mutating func object(
    _ schema: TemplateObject,
    at place: String
  ) throws(LanguageModelError) -> Int {
    let properties = schema["properties"]?.objectValue ?? TemplateObject()
    guard schema["properties"].map({ $0.objectValue != nil }) ?? true else {
      throw Self.invalid("'properties' must be an object.", at: place)
    }
    var required: [String] = []
    for name in schema["required"]?.arrayValue ?? [] {
      guard let name = name.stringValue, properties[name] != nil else {
        throw Self.invalid("'required' names what is not among the properties.", at: place)
      }
      required.append(name)
    }
    var members: [JSONGrammar.Member] = []
    for property in properties.members {
      let name = (TemplateValue.string(property.name).json ?? "") + ":"
      members.append(
        .init(
          name: grammar.add(.literal(Array(name.utf8))),
          value: try node(of: property.value, at: "\(place)/properties/\(property.name)"),
          isRequired: required.contains { ExactText($0) == ExactText(property.name) }
        )
      )
    }
    return grammar.add(.object(members))
  }

  private func bounds(
    _ least: String,
    _ most: String,
    _ schema: TemplateObject,
    _ place: String
  ) throws(LanguageModelError) -> (Int, Int?) {
    func bound(_ name: String) throws(LanguageModelError) -> Int? {
      guard let value = schema[name] else { return nil }
      guard case .integer(let number) = value, (0...Self.mostItems).contains(number) else {
        throw Self.invalid("'\(name)' must be a number from 0 to \(Self.mostItems).", at: place)
      }
      return number
    }
    let (minimum, maximum) = (try bound(least) ?? 0, try bound(most))
    guard maximum.map({ $0 >= minimum }) ?? true else {
      throw Self.invalid("'\(most)' is below '\(least)'.", at: place)
    }
    return (minimum, maximum)
  }
}

extension TemplateValue {
  /// Whether a type of JSON Schema holds it.
  fileprivate func isOf(type: String) -> Bool {
    switch (type, self) {
    case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer),
      ("number", .double), ("string", .string), ("array", .array), ("object", .object):
      true
    case ("integer", .double(let number)): number == number.rounded()
    default: false
    }
  }
}
