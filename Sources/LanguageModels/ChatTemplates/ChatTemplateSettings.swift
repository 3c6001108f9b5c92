public import Foundation

/// What a model's folder says about its chat templates: `tokenizer_config.json`, and the files
/// `chat_template.jinja` and `chat_template.json` that newer models ship beside it.
public struct ChatTemplateSettings: Sendable, Equatable {
  /// The source of each template by name; most models have only one, named `default`.
  public var templates: [String: String] = [:]
  /// The special tokens that templates read, such as `bos_token`.
  public var specialTokens: [String: String] = [:]

  /// No templates and no tokens.
  public init() {}

  /// Reads the files of a model's folder; files that are not there are passed over.
  ///
  /// - Throws: ``ChatTemplateError`` where a file is there and cannot be understood.
  public init(folder: URL) throws(ChatTemplateError) {
    self.init()
    func text(of name: String) throws(ChatTemplateError) -> String? {
      let file = folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path) else { return nil }
      do {
        return try String(contentsOf: file, encoding: .utf8)
      } catch {
        throw ChatTemplateError(
          .invalidInput,
          "The file cannot be read as text.",
          subject: file.path,
          cause: "\(error)",
          remedy: "Get the model again."
        )
      }
    }
    if let json = try text(of: "tokenizer_config.json") { try self.init(json: json) }
    if let json = try text(of: "chat_template.json") {
      let more = try ChatTemplateSettings(json: json)
      templates.merge(more.templates) { $1 }
    }
    if let template = try text(of: "chat_template.jinja") { templates["default"] = template }
  }

  /// Reads the text of a `tokenizer_config.json`.
  ///
  /// - Throws: ``ChatTemplateError`` where it is no JSON object.
  public init(json: String) throws(ChatTemplateError) {
    let settings: TemplateObject?
    do {
      settings =
        try TemplateJSONReader.value(of: Array(json.utf8), roundsLargeNumbers: true).objectValue
    } catch let error as ChatTemplateError {
      throw error
    } catch {
      throw ChatTemplateError(.invalidInput, "The settings cannot be read.", cause: "\(error)")
    }
    guard let settings else {
      throw ChatTemplateError(
        .invalidInput,
        "The settings are no JSON object.",
        subject: "tokenizer_config.json",
        remedy: "Get the model again."
      )
    }
    switch settings["chat_template"] {
    case .string(let template)?: templates["default"] = template
    case .array(let entries)?:
      for entry in entries {
        guard let entry = entry.objectValue, let name = entry["name"]?.stringValue,
          let template = entry["template"]?.stringValue
        else { continue }
        templates[name] = template
      }
    default: break
    }
    for member in settings.members where member.name.hasSuffix("_token") {
      // Older files write a token as an object that says how it is stripped.
      let token = member.value.stringValue ?? member.value.objectValue?["content"]?.stringValue
      if let token { specialTokens[member.name] = token }
    }
  }

  /// The source of the template for a conversation: `tool_use` where tools are given and the model
  /// has one, else `default`.
  public func template(withTools: Bool) -> String? {
    withTools ? templates["tool_use"] ?? templates["default"] : templates["default"]
  }

  /// The special tokens as a template's variables.
  public var variables: [String: TemplateValue] {
    specialTokens.mapValues { .string($0) }
  }
}
