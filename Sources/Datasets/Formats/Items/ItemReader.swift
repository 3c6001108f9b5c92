/// Turns one JSON item into an example.
enum ItemReader {
  /// The example that an item holds.
  ///
  /// - Throws: ``ItemFault`` that says what is missing or wrong.
  static func example(_ item: JSONValue, as format: DatasetFormat) throws(ItemFault) -> Example {
    guard item.isObject else {
      throw ItemFault("it is \(item.kind), and an item must be an object")
    }
    try refuseJudgements(item)
    if let found = DatasetFormat.ofItem(item), found != format,
      !(found == .attune && format == .chat)
    {
      throw ItemFault("it looks like \(found.shape), not like \(format.shape)")
    }
    let example =
      switch format {
      case .attune: try AttuneItem.example(item)
      case .chat: try ChatItem.example(item)
      case .completion, .csv, .tsv: try CompletionItem.example(item)
      case .alpaca: try AlpacaItem.example(item)
      case .sharegpt: try ShareGPTItem.example(item)
      case .squad: try SQuADItem.row(item)
      }
    guard example.messages.contains(where: { $0.role == .assistant }) else {
      throw ItemFault("no message in it is the assistant's, so there is nothing to learn")
    }
    return example
  }

  /// Data for preference training is no data to imitate: half of it shows what not to say.
  private static func refuseJudgements(_ item: JSONValue) throws(ItemFault) {
    if item["chosen"] != nil || item["rejected"] != nil {
      throw ItemFault("it is a preference pair (chosen and rejected), not an example to imitate")
    }
    if item["label"] == .boolean(false) {
      throw ItemFault("it is marked as undesirable (\"label\" is false)")
    }
  }
}

extension JSONValue {
  /// The text of a member, which may be absent.
  func text(_ key: String) throws(ItemFault) -> String? {
    guard let value = self[key] else { return nil }
    guard case .string(let text) = value else {
      throw ItemFault("\"\(key)\" is \(value.kind), and must be a string")
    }
    return text
  }

  /// The text of the first member of several that is there.
  func text(anyOf keys: String...) throws(ItemFault) -> String? {
    for key in keys {
      if let text = try text(key) { return text }
    }
    return nil
  }

  /// The text of a member that must be there.
  func requiredText(_ key: String) throws(ItemFault) -> String {
    guard let text = try text(key) else { throw ItemFault("\"\(key)\" is missing") }
    return text
  }

  /// The elements of a member that must be there and have some.
  func requiredArray(_ key: String) throws(ItemFault) -> [JSONValue] {
    guard let value = self[key] else { throw ItemFault("\"\(key)\" is missing") }
    guard case .array(let elements) = value else {
      throw ItemFault("\"\(key)\" is \(value.kind), and must be an array")
    }
    guard !elements.isEmpty else { throw ItemFault("\"\(key)\" is empty") }
    return elements
  }
}
