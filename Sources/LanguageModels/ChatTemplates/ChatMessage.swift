/// One message of a conversation, as chat templates read it: a role, a content and whatever else
/// the model's template knows, in order.
public struct ChatMessage: Sendable, Equatable {
  /// The fields as the template sees them.
  public var fields: TemplateObject

  /// A message from its fields, such as one read from JSON.
  public init(fields: TemplateObject) { self.fields = fields }

  /// A message of text.
  ///
  /// - Parameters:
  ///   - role: Who speaks: most templates know `system`, `user`, `assistant` and `tool`.
  ///   - content: What is said.
  public init(role: String, content: String) {
    self.init(fields: ["role": .string(role), "content": .string(content)])
  }

  /// What the assistant said, thought and called.
  ///
  /// - Parameters:
  ///   - content: What is said; may be empty where tools are called.
  ///   - reasoning: What a reasoning model thought before it spoke.
  ///   - toolCalls: The calls, in order.
  /// - Returns: The message.
  public static func assistant(
    _ content: String,
    reasoning: String? = nil,
    toolCalls: [ChatToolCall] = []
  ) -> ChatMessage {
    var message = ChatMessage(role: "assistant", content: content)
    message.reasoning = reasoning
    message.toolCalls = toolCalls
    return message
  }

  /// What a tool gave back.
  ///
  /// - Parameters:
  ///   - content: The result.
  ///   - callID: The id of the call that it answers, for templates that ask for it.
  ///   - name: The name of the tool.
  /// - Returns: The message.
  public static func tool(
    _ content: String,
    callID: String? = nil,
    name: String? = nil
  ) -> ChatMessage {
    var message = ChatMessage(role: "tool", content: content)
    message.fields["tool_call_id"] = callID.map { .string($0) }
    message.fields["name"] = name.map { .string($0) }
    return message
  }

  /// Who speaks; empty where the message has no role.
  public var role: String {
    get { fields["role"]?.stringValue ?? "" }
    set { fields["role"] = .string(newValue) }
  }

  /// What is said: text, or an array of parts such as `{"type": "text", "text": …}`.
  public var content: TemplateValue? {
    get { fields["content"] }
    set { fields["content"] = newValue }
  }

  /// What a reasoning model thought before it spoke.
  public var reasoning: String? {
    get { fields["reasoning_content"]?.stringValue }
    set { fields["reasoning_content"] = newValue.map { .string($0) } }
  }

  /// The calls of tools; calls that are not of the usual form are left out when read.
  public var toolCalls: [ChatToolCall] {
    get { fields["tool_calls"]?.arrayValue?.compactMap { ChatToolCall($0) } ?? [] }
    set { fields["tool_calls"] = newValue.isEmpty ? nil : .array(newValue.map(\.templateValue)) }
  }
}
