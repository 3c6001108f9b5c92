public import Foundation
import Synchronization
import Tokenizers

extension LanguageModel {
  /// The tokens of a conversation, by the model's chat template, up to where the assistant answers.
  ///
  /// Text of the messages that reads like one of the model's special tokens is changed by a blank, so
  /// that no message can pretend to be more than one.
  ///
  /// - Parameters:
  ///   - messages: the conversation so far.
  ///   - tools: the tools that the model may call, as JSON schemas.
  ///   - variables: what else the template reads, such as `enable_thinking`.
  ///   - now: the time, for templates that tell it.
  /// - Returns: the prompt, to be continued by ``generate(tokens:continuesText:settings:onPiece:)``.
  /// - Throws: `LanguageModelError` with code `unsupportedModel` if the model has no chat template;
  ///   `ChatTemplateError` if the template refuses the conversation.
  public func promptTokens(
    for messages: [ChatMessage],
    tools: [TemplateValue]? = nil,
    variables: [String: TemplateValue] = [:],
    now: Date
  ) throws -> [Int32] {
    let text = try template(withTools: tools != nil).render(
      messages: messages.map { harmless($0) },
      tools: tools,
      addGenerationPrompt: true,
      variables: chatSettings.variables.merging(variables) { $1 },
      now: now
    )
    return tokenizer.ids(of: text, addSpecialTokens: false)
  }

  /// The source of the model's chat template; `nil` for models that were not made for conversations.
  public var chatTemplate: String? { chatSettings.template(withTools: false) }

  /// The template for a conversation, read once.
  func template(withTools: Bool) throws -> ChatTemplate {
    guard let source = chatSettings.template(withTools: withTools) else {
      throw LanguageModelError(
        .unsupportedModel,
        "The model has no chat template.",
        subject: location.path,
        remedy: "Use a model that was made for conversations, or continue a plain text."
      )
    }
    if let template = templates.withLock({ $0[source] }) { return template }
    let template = try ChatTemplate(source: source)
    templates.withLock { $0[source] = template }
    return template
  }

  func harmless(_ message: ChatMessage) -> ChatMessage {
    var fields = message.fields
    for member in fields.members where member.name != "role" {
      fields[member.name] = harmless(member.value)
    }
    return ChatMessage(fields: fields)
  }

  private func harmless(_ value: TemplateValue) -> TemplateValue {
    switch value {
    case .string(let text): return .string(harmless(text))
    case .array(let values): return .array(values.map { harmless($0) })
    case .object(var object):
      for member in object.members { object[member.name] = harmless(member.value) }
      return .object(object)
    case .null, .bool, .integer, .double: return value
    }
  }

  private func harmless(_ text: String) -> String {
    var text = text
    let found = Set(tokenizer.ids(of: text, addSpecialTokens: false)).filter {
      tokenizer.isSpecial($0)
    }
    for token in found.sorted().compactMap({ tokenizer.token(for: $0) }) where token.count > 1 {
      text = text.replacing(token, with: token.prefix(1) + " " + token.dropFirst())
    }
    return text
  }
}
