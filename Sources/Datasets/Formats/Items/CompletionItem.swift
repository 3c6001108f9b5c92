/// A prompt with its completion, or a question with its answer: as texts, or as messages in TRL's way,
/// where what stands in the prompt is not learnt.
///
/// Beside them, each optional: `system`, `passage` (or `context`) and `document` (or `source`).
enum CompletionItem {
  static func example(_ item: JSONValue) throws(ItemFault) -> Example {
    let isQuestion = item["prompt"] == nil && item["question"] != nil
    var messages = try turns(item, isQuestion ? "question" : "prompt", .user)
    messages += try turns(item, isQuestion ? "answer" : "completion", .assistant)
    if let system = try item.text("system"), !system.isEmpty {
      messages.insert(.init(.system, system), at: 0)
    }
    let passage = try item.text(anyOf: "passage", "context")
    let document = try item.text(anyOf: "document", "source")
    return Example(
      messages,
      origin: .imported,
      passage: passage.flatMap { $0.isEmpty ? nil : $0 },
      source: document.flatMap { $0.isEmpty ? nil : .init(place: $0, document: $0) }
    )
  }

  private static func turns(
    _ item: JSONValue,
    _ key: String,
    _ role: Example.Message.Role
  ) throws(ItemFault) -> [Example.Message] {
    guard case .array(let elements)? = item[key] else {
      return [.init(role, try item.requiredText(key))]
    }
    return try ChatItem.messages(elements).map { message in
      var message = message
      message.isLearnt = message.isLearnt && role == .assistant
      return message
    }
  }

  /// The item for an example.
  ///
  /// - Throws: ``ItemFault`` where something other than the last message is learnt.
  static func item(_ example: Example) throws(ItemFault) -> JSONValue {
    guard let last = example.messages.last, last.role == .assistant, last.isLearnt,
      !example.messages.dropLast().contains(where: \.isLearnt)
    else { throw ItemFault("the format holds one learnt answer, at the end") }
    var members: [JSONValue.Member]
    if example.messages.count == 2, example.messages[0].role == .user {
      members = [
        .init("prompt", .string(example.messages[0].content)),
        .init("completion", .string(last.content)),
      ]
    } else {
      func turns(_ messages: some Collection<Example.Message>) -> JSONValue {
        .array(
          messages.map { message in
            .object([
              .init("role", .string(message.role.rawValue)),
              .init("content", .string(message.content)),
            ])
          }
        )
      }
      members = [
        .init("prompt", turns(example.messages.dropLast())),
        .init("completion", turns([last])),
      ]
    }
    if let passage = example.passage { members.append(.init("passage", .string(passage))) }
    if let source = example.source { members.append(.init("document", .string(source.document))) }
    return .object(members)
  }
}
