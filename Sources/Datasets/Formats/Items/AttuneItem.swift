/// An example as it is: the same JSON as `Example` encodes to.
enum AttuneItem {
  static func example(_ item: JSONValue) throws(ItemFault) -> Example {
    var messages: [Example.Message] = []
    for (index, element) in try item.requiredArray("messages").enumerated() {
      do {
        messages.append(try message(element))
      } catch {
        throw ItemFault("message \(index + 1): \(error.reason)")
      }
    }
    var distractors: [String] = []
    if let value = item["distractors"] {
      guard let texts = value.array?.map(\.string), !texts.contains(nil) else {
        throw ItemFault("\"distractors\" must be an array of strings")
      }
      distractors = texts.compactMap { $0 }
    }
    guard let origin = try choice(item, "origin", of: Example.Origin.self) else {
      throw ItemFault("\"origin\" is missing")
    }
    return Example(
      messages,
      origin: origin,
      passage: try item.text("passage"),
      distractors: distractors,
      source: try item["source"].map(source),
      split: try choice(item, "split", of: Example.Split.self)
    )
  }

  private static func message(_ element: JSONValue) throws(ItemFault) -> Example.Message {
    guard let role = try choice(element, "role", of: Example.Message.Role.self) else {
      throw ItemFault("\"role\" is missing")
    }
    var isLearnt: Bool?
    switch element["isLearnt"] {
    case nil: break
    case .boolean(let value): isLearnt = value
    default: throw ItemFault("\"isLearnt\" must be true or false")
    }
    return .init(role, try element.requiredText("content"), isLearnt: isLearnt)
  }

  private static func source(_ value: JSONValue) throws(ItemFault) -> Example.Source {
    Example.Source(
      place: try value.requiredText("place"),
      document: try value.requiredText("document"),
      documentHash: try value.text("documentHash")
    )
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ item: JSONValue,
    _ key: String,
    of type: Choice.Type
  ) throws(ItemFault) -> Choice? where Choice.RawValue == String {
    guard let text = try item.text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw ItemFault("\"\(key)\" is \"\(text)\", and must be one of \(known)")
    }
    return choice
  }

  /// The item for an example.
  static func item(_ example: Example) -> JSONValue {
    let messages = example.messages.map { message in
      JSONValue.object([
        .init("role", .string(message.role.rawValue)),
        .init("content", .string(message.content)),
        .init("isLearnt", .boolean(message.isLearnt)),
      ])
    }
    var members: [JSONValue.Member] = [
      .init("messages", .array(messages)), .init("origin", .string(example.origin.rawValue)),
    ]
    if let passage = example.passage { members.append(.init("passage", .string(passage))) }
    members.append(.init("distractors", .array(example.distractors.map(JSONValue.string))))
    if let source = example.source {
      var place: [JSONValue.Member] = [
        .init("place", .string(source.place)), .init("document", .string(source.document)),
      ]
      if let hash = source.documentHash { place.append(.init("documentHash", .string(hash))) }
      members.append(.init("source", .object(place)))
    }
    if let split = example.split { members.append(.init("split", .string(split.rawValue))) }
    return .object(members)
  }
}
