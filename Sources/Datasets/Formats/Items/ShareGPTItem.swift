/// ShareGPT's conversations. Calls of tools become text, as in ``ChatItem``.
enum ShareGPTItem {
  static func example(_ item: JSONValue) throws(ItemFault) -> Example {
    var messages = try ChatItem.messages(item.requiredArray("conversations"))
    if let system = try item.text("system"), !system.isEmpty {
      messages.insert(.init(.system, system), at: 0)
    }
    try ChatItem.describe(tools: item["tools"], in: &messages)
    return Example(messages, origin: .imported)
  }

  /// The item for an example; the mark of an answer that is not learnt is axolotl's `weight`.
  static func item(_ example: Example) -> JSONValue {
    let turns = example.messages.map { message in
      var members: [JSONValue.Member] = [
        .init("from", .string(name(message.role))), .init("value", .string(message.content)),
      ]
      if message.role == .assistant, !message.isLearnt {
        members.append(.init("weight", .number("0")))
      }
      return JSONValue.object(members)
    }
    return .object([.init("conversations", .array(turns))])
  }

  private static func name(_ role: Example.Message.Role) -> String {
    switch role {
    case .system: "system"
    case .user: "human"
    case .assistant: "gpt"
    case .tool: "observation"
    }
  }
}
