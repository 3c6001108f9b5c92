/// One component of a `tokenizer.json`, with the file's name for errors.
struct TokenizerFile {
  let name: String
  let root: JSONValue

  init(_ bytes: [UInt8], name: String) throws(TokenizerError) {
    self.name = name
    do {
      root = try JSONReader.read(bytes)
    } catch {
      throw TokenizerError(
        .malformedFile,
        "The file is not valid JSON.",
        subject: name,
        cause: "\(error.message) at byte \(error.byte)",
        remedy: "Get the model again."
      )
    }
    guard root.object != nil else { throw malformed("The file holds no JSON object.") }
  }

  /// A component that is neither absent nor null, and its type.
  func component(_ key: String) throws(TokenizerError) -> (type: String, value: JSONValue)? {
    guard let value = root[key], !value.isNull else { return nil }
    guard let type = value["type"]?.string else {
      throw malformed("The component \(key) has no type.")
    }
    return (type, value)
  }

  func malformed(_ message: String) -> TokenizerError {
    TokenizerError(.malformedFile, message, subject: name, remedy: "Get the model again.")
  }

  func unsupported(_ what: String, supported: String) -> TokenizerError {
    TokenizerError(
      .unsupportedConstruct,
      "The tokenizer uses \(what), which is not supported.",
      subject: name,
      remedy: "Supported: \(supported). Choose another model."
    )
  }

  /// A field that may be absent or null; of another type, it is an error.
  func field<Value>(
    _ key: String,
    of value: JSONValue,
    _ read: (JSONValue) -> Value?
  ) throws(TokenizerError) -> Value? {
    guard let field = value[key], !field.isNull else { return nil }
    guard let result = read(field) else {
      throw malformed("The field \(key) has an unexpected type.")
    }
    return result
  }
}
