import Foundation
import LanguageModels
import TestSupport
import Testing

/// What transformers and jinja2 made of templates, written by `make-chat-template-fixture.py`.
enum ChatTemplateFixtures {
  /// The clock that the fixtures were made by.
  static let now = Date(timeIntervalSince1970: 1_741_529_107.123456)
  static let timeZone = TimeZone.gmt

  /// A rendering, as far as it is kept, or an error.
  struct Rendering {
    var byteCount: Int?
    var hash: String?
    var text: String?
    var error: String?

    init(_ value: TemplateValue?) {
      let object = value?.objectValue ?? TemplateObject()
      if case .integer(let count)? = object["bytes"] { byteCount = count }
      hash = object["fnv1a"]?.stringValue
      text = object["text"]?.stringValue
      error = object["error"]?.stringValue
    }
  }

  /// A template of a model, with its conversations' renderings.
  struct Model: CustomTestStringConvertible, Sendable {
    var template: String
    var tokens: TemplateObject
    var renderings: TemplateObject

    var testDescription: String { template }
  }

  static func read(_ name: String) throws -> TemplateValue {
    let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/chat-templates")
    return try TemplateValue(
      json: String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    )
  }

  static func models() throws -> [Model] {
    try (read("expected.json").arrayValue ?? []).compactMap { value in
      guard let object = value.objectValue, let template = object["template"]?.stringValue,
        let tokens = object["tokens"]?.objectValue,
        let renderings = object["renderings"]?.objectValue
      else { return nil }
      return Model(template: template, tokens: tokens, renderings: renderings)
    }
  }

  static func conversations() throws -> [TemplateObject] {
    (try read("conversations.json").arrayValue ?? []).compactMap(\.objectValue)
  }

  /// The source of a template in the shared data: a file, or an entry of a tokenizer's settings.
  static func source(of template: String) throws -> String {
    let parts = template.split(separator: "#")
    let file = try SharedData.url("tokenizers/" + parts[0])
    let text = try String(contentsOf: file, encoding: .utf8)
    guard file.pathExtension == "json" else { return text }
    let name = parts.count > 1 ? String(parts[1]) : "default"
    return try ChatTemplateSettings(json: text).templates[name] ?? ""
  }

  /// The hash by Fowler, Noll and Vo with 64 bits (FNV-1a).
  static func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Renders a conversation as the fixture's script did.
  static func render(
    _ template: ChatTemplate,
    _ tokens: TemplateObject,
    _ conversation: TemplateObject
  ) throws -> String {
    var variables: [String: TemplateValue] = [:]
    for member in tokens.members { variables[member.name] = member.value }
    for member in conversation["variables"]?.objectValue?.members ?? [] {
      variables[member.name] = member.value
    }
    return try template.render(
      messages: (conversation["messages"]?.arrayValue ?? []).compactMap { $0.objectValue }
        .map { ChatMessage(fields: $0) },
      tools: conversation["tools"]?.arrayValue,
      documents: conversation["documents"]?.arrayValue,
      addGenerationPrompt: conversation["add_generation_prompt"] != .bool(false),
      variables: variables,
      now: now,
      timeZone: timeZone
    )
  }
}
