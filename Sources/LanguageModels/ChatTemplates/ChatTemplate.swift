public import Foundation

/// A model's chat template: turns a conversation into the text that the model continues.
///
/// Templates are written in Jinja. This interpreter knows the part of it that chat templates use,
/// and renders as `apply_chat_template` of the transformers library does: blocks take their line
/// with them (`trim_blocks`, `lstrip_blocks`), lists and dictionaries cannot be changed, and
/// `raise_exception`, `strftime_now`, `tojson`, `break`, `continue` and the `generation` block are
/// there. What it does not know gives an error that names it. Templates are not trusted: the
/// ``ChatTemplateLimits`` bound what they can do.
public struct ChatTemplate: Sendable {
  /// The template as the model ships it.
  public let source: String
  private let statements: [TemplateStatement]
  private let limits: ChatTemplateLimits

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - source: The template's text.
  ///   - limits: How much it may do when rendered.
  /// - Throws: ``ChatTemplateError`` with the line where the template cannot be understood.
  public init(
    source: String,
    limits: ChatTemplateLimits = ChatTemplateLimits()
  ) throws(ChatTemplateError) {
    guard source.unicodeScalars.count <= limits.sourceLength else {
      throw ChatTemplateError(
        .limitExceeded,
        "The template is longer than \(limits.sourceLength) scalars."
      )
    }
    self.source = source
    self.limits = limits
    statements = try DeepStack.run { () throws(ChatTemplateError) in
      do {
        return try TemplateParser.statements(of: source)
      } catch let error as ChatTemplateError {
        throw error
      } catch {
        throw ChatTemplateError(
          .malformedTemplate,
          "The template cannot be read.",
          cause: "\(error)"
        )
      }
    }
  }

  /// Renders a conversation.
  ///
  /// As in transformers, fields that are null count as missing, and a message's reasoning is given
  /// under both names that templates read, `reasoning_content` and `thinking`.
  ///
  /// - Parameters:
  ///   - messages: The conversation so far, at least one message.
  ///   - tools: The tools that the model may call, as JSON schemas; nil where there are none.
  ///   - documents: Documents for templates that take them.
  ///   - addGenerationPrompt: Whether the text ends with the start of the assistant's answer.
  ///   - variables: What else the template reads: `bos_token`, `eos_token` and switches such as
  ///     `enable_thinking`.
  ///   - now: The time that `strftime_now` tells.
  ///   - timeZone: The time zone in which it tells it.
  /// - Returns: The text for the tokenizer, to be encoded without special tokens of its own.
  /// - Throws: ``ChatTemplateError`` where the template refuses the conversation or fails.
  public func render(
    messages: [ChatMessage],
    tools: [TemplateValue]? = nil,
    documents: [TemplateValue]? = nil,
    addGenerationPrompt: Bool,
    variables: [String: TemplateValue] = [:],
    now: Date,
    timeZone: TimeZone = .current
  ) throws(ChatTemplateError) -> String {
    guard !messages.isEmpty else {
      throw ChatTemplateError(
        .invalidInput,
        "The conversation has no messages.",
        subject: "messages"
      )
    }
    var all = variables
    all["messages"] = .array(messages.map { .object(Self.prepared($0.fields)) })
    all["tools"] = tools.map { .array($0) } ?? .null
    all["documents"] = documents.map { .array($0) } ?? .null
    all["add_generation_prompt"] = .bool(addGenerationPrompt)
    return try render(variables: all, now: now, timeZone: timeZone)
  }

  /// Renders with nothing but the variables given.
  ///
  /// - Parameters:
  ///   - variables: What the template reads, by name.
  ///   - now: The time that `strftime_now` tells.
  ///   - timeZone: The time zone in which it tells it.
  /// - Returns: The text.
  /// - Throws: ``ChatTemplateError`` where the template refuses the variables or fails.
  public func render(
    variables: [String: TemplateValue],
    now: Date,
    timeZone: TimeZone = .current
  ) throws(ChatTemplateError) -> String {
    let clock = TemplateClock(now, timeZone)
    return try DeepStack.run { () throws(ChatTemplateError) in
      let interpreter = TemplateInterpreter(limits: limits, clock: clock)
      do {
        return try interpreter.render(
          statements,
          variables: variables.map { ($0.key, try PythonValue($0.value)) }
        )
      } catch let error as ChatTemplateError {
        throw error
      } catch let error as PythonError {
        throw ChatTemplateError(error.code, error.message, line: interpreter.line)
      } catch {
        throw ChatTemplateError(.renderingFailed, "Rendering failed.", cause: "\(error)")
      }
    }
  }

  /// A message's fields as transformers hands them to templates.
  private static func prepared(_ fields: TemplateObject) -> TemplateObject {
    var present = TemplateObject(fields.members.filter { $0.value != .null })
    let reasoning = ["reasoning_content", "thinking", "reasoning"]
      .lazy.compactMap { present[$0] }.first
    if let reasoning {
      var renamed = TemplateObject([.init(name: "thinking", value: reasoning)])
      for member in present.members { renamed[member.name] = member.value }
      renamed["reasoning_content"] = reasoning
      present = renamed
    }
    return present
  }
}
