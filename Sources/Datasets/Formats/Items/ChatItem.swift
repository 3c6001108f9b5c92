/// OpenAI's chat messages, in a file for fine-tuning.
///
/// Calls of tools become text, as the engine's models have no other form for them: each call as its
/// JSON in the assistant's message, each result as a message of the tool, and the tools that could be
/// called at the end of the system message, so that nothing is learnt out of thin air.
enum ChatItem {
  static func example(_ item: JSONValue) throws(ItemFault) -> Example {
    var messages = try messages(item.requiredArray("messages"))
    if let system = try item.text("system"), !system.isEmpty {
      messages.insert(.init(.system, system), at: 0)
    }
    try describe(tools: item["tools"], in: &messages)
    return Example(messages, origin: .imported)
  }

  static func messages(_ elements: [JSONValue]) throws(ItemFault) -> [Example.Message] {
    var messages: [Example.Message] = []
    for (index, element) in elements.enumerated() {
      do {
        messages.append(try message(element))
      } catch {
        throw ItemFault("message \(index + 1): \(error.reason)")
      }
    }
    return messages
  }

  /// Says in the system message which tools there are.
  static func describe(
    tools: JSONValue?,
    in messages: inout [Example.Message]
  ) throws(ItemFault) {
    let text: String
    switch tools {
    case nil: return
    case .string(let given): text = given
    case .array(let elements): text = elements.isEmpty ? "" : JSONText.of(.array(elements))
    case let other?: throw ItemFault("\"tools\" is \(other.kind), and must be an array or a string")
    }
    guard !text.isEmpty, text != "[]" else { return }
    let note = "Tools: \(text)"
    if let first = messages.first, first.role == .system {
      messages[0].content = "\(first.content)\n\n\(note)"
    } else {
      messages.insert(.init(.system, note), at: 0)
    }
  }

  private static func message(_ element: JSONValue) throws(ItemFault) -> Example.Message {
    guard element.isObject else {
      throw ItemFault("it is \(element.kind), and must be an object")
    }
    let named = try element.text(anyOf: "role", "from")
    guard let named else { throw ItemFault("\"role\" is missing") }
    guard let role = role(named) else { throw ItemFault("the role \"\(named)\" is unknown") }
    let calls = try calls(of: element)
    let content = try content(of: element["content"] ?? element["value"])
    guard content != nil || !calls.isEmpty else { throw ItemFault("\"content\" is missing") }
    let text = ([content].compactMap { $0 }.filter { !$0.isEmpty } + calls).joined(separator: "\n")
    return Example.Message(role, text, isLearnt: try weight(of: element, role: role))
  }

  /// The role with a name that one of the formats uses.
  private static func role(_ name: String) -> Example.Message.Role? {
    switch name {
    case "system", "developer": .system
    case "user", "human", "prompter": .user
    case "assistant", "gpt", "model", "chatgpt", "bard", "bing", "function_call", "tool_call":
      .assistant
    case "tool", "function", "observation", "function_response", "tool_response": .tool
    default: nil
    }
  }

  private static func content(of value: JSONValue?) throws(ItemFault) -> String? {
    switch value {
    case nil: return nil
    case .string(let text): return text
    case .array(let parts):
      var text = ""
      for (index, part) in parts.enumerated() {
        let type = try part.text("type") ?? "text"
        guard type == "text" else {
          throw ItemFault("part \(index + 1) of it is \"\(type)\", and only text can be learnt")
        }
        if let whole = part.string {
          text += whole
        } else {
          text += try part.requiredText("text")
        }
      }
      return text
    case let other?: throw ItemFault("\"content\" is \(other.kind), and must be a string")
    }
  }

  private static func weight(
    of element: JSONValue,
    role: Example.Message.Role
  ) throws(ItemFault) -> Bool? {
    guard let weight = element["weight"], role == .assistant else { return nil }
    switch weight {
    case .number(let digits) where Double(digits) == 0: return false
    case .number(let digits) where Double(digits) == 1: return true
    case .boolean(let isLearnt): return isLearnt
    default: throw ItemFault("\"weight\" must be 0 or 1")
    }
  }

  private static func calls(of element: JSONValue) throws(ItemFault) -> [String] {
    var calls: [String] = []
    if let call = element["function_call"] { calls.append(JSONText.of(call)) }
    for call in element["tool_calls"]?.array ?? [] {
      guard let function = call["function"] else {
        throw ItemFault("a tool call in it has no \"function\"")
      }
      calls.append(JSONText.of(function))
    }
    return calls
  }

  /// The item for an example.
  static func item(_ example: Example) -> JSONValue {
    .object([.init("messages", .array(example.messages.map(value)))])
  }

  private static func value(_ message: Example.Message) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("role", .string(message.role.rawValue)), .init("content", .string(message.content)),
    ]
    if message.role == .assistant, !message.isLearnt {
      members.append(.init("weight", .number("0")))
    }
    return .object(members)
  }
}
