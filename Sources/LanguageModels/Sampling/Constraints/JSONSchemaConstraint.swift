/// The text is JSON that a schema allows, so that a small model's answer can always be read.
///
/// The text is written in one way: members in the order of the schema, at most one blank after
/// commas and colons, no other white space. What it lets through is always valid by the schema; of
/// the schema language (JSON Schema 2020-12) it knows
/// - `type`: `object`, `array`, `string`, `number`, `integer`, `boolean`, `null`, or several of them,
/// - `properties` and `required`; names that the schema does not list are never written,
/// - `items`, `minItems`, `maxItems`, `minLength`, `maxLength`, and `minimum` where it is 0,
/// - `enum`, `const`, `anyOf`, and `$ref` into `$defs` that does not lead back to itself.
///
/// Any other keyword that restricts values is refused. Where a text is cut off before it is valid,
/// because it is limited in length, ``completion(of:)`` says how it ends.
public struct JSONSchemaConstraint: TokenConstraint {
  private let grammar: JSONGrammar
  /// What is still due, for each way to read the text so far.
  private var stacks: [JSONStack]
  /// Which byte can come next.
  private var canFollow: [Bool]

  /// Whether the text so far is valid as it stands.
  public private(set) var isComplete: Bool

  /// A constraint from a schema.
  ///
  /// - Throws: `LanguageModelError` with code `invalidInput` where the schema is malformed, asks
  ///   for something that is not known here, or allows no value.
  public init(schema: TemplateValue) throws(LanguageModelError) {
    grammar = try JSONSchemaReader.grammar(of: schema)
    (stacks, isComplete) = grammar.start
    canFollow = grammar.bytesThatFollow(stacks)
  }

  /// A constraint from a schema's text.
  ///
  /// - Throws: `LanguageModelError` with code `invalidInput` where the text is no JSON, or for the
  ///   reasons of ``init(schema:)-(TemplateValue)``.
  public init(schema json: String) throws(LanguageModelError) {
    let schema: TemplateValue
    do {
      schema = try TemplateValue(json: json)
    } catch {
      throw JSONSchemaReader.invalid("The schema is no JSON.", at: "#", cause: error.message)
    }
    try self.init(schema: schema)
  }

  /// Whether the text so far, with these bytes after it, is valid or can still become so.
  ///
  /// - Complexity: O(*n*) in the bytes, for each way to read the text.
  public func accepts(_ bytes: [UInt8]) -> Bool {
    if let first = bytes.first, !canFollow[Int(first)] { return false }
    return following(bytes) != nil
  }

  /// Adds bytes that have been accepted; bytes that have not leave nothing that can follow.
  public mutating func advance(_ bytes: [UInt8]) {
    (stacks, isComplete) = following(bytes) ?? ([], false)
    canFollow = grammar.bytesThatFollow(stacks)
  }

  /// The shortest ending that makes a text valid, or nil where nothing does: empty for a text that
  /// is valid already.
  public func completion(of text: String) -> String? {
    let bytes = Array(text.utf8)
    let start = grammar.start
    guard let (stacks, isComplete) = grammar.following(start.stacks, start.isComplete, bytes) else {
      return nil
    }
    if isComplete { return "" }
    let endings = stacks.map { grammar.ending(of: $0) }
    return endings.min { $0.count < $1.count }.map { String(decoding: $0, as: UTF8.self) }
  }

  private func following(_ bytes: [UInt8]) -> (stacks: [JSONStack], isComplete: Bool)? {
    grammar.following(stacks, isComplete, bytes)
  }
}
