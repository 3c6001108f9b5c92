/// Which column of a table holds what, from its header.
struct CSVColumns {
  /// The names that are known, each with the member of an item that its column becomes.
  private static let names: [String: String] = [
    "question": "prompt", "prompt": "prompt", "instruction": "instruction", "input": "input",
    "answer": "completion", "completion": "completion", "output": "output",
    "response": "completion", "system": "system", "passage": "passage", "context": "passage",
    "document": "document", "source": "document",
  ]

  private let members: [String?]

  /// The columns that a header names, in any order and case, beside others that are passed over; nil
  /// where it names no question with an answer.
  init?(header: [String]) {
    let found = header.map { name -> String? in
      let trimmed = name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
        .reversed()
      return Self.names[String(trimmed).lowercased()]
    }
    let names = found.compactMap { $0 }
    let isAlpaca = names.contains("instruction")
    guard Set(names).count == names.count,
      isAlpaca
        ? names.contains("output") || names.contains("completion")
        : names.contains("prompt") && (names.contains("completion") || names.contains("output"))
    else { return nil }
    members = found
  }

  /// The example of a record.
  func example(_ cells: [String]) throws(ItemFault) -> Example {
    guard cells.count == members.count else {
      throw ItemFault("it has \(cells.count) cells under a header of \(members.count)")
    }
    var values: [String: String] = [:]
    for (member, cell) in zip(members, cells) {
      if let member { values[member] = cell }
    }
    var question = values["prompt"] ?? values["instruction"] ?? ""
    if values["instruction"] != nil, let input = values["input"], !input.isEmpty {
      question += question.isEmpty ? input : "\n\(input)"
    }
    let answer = values["completion"] ?? values["output"] ?? ""
    guard !question.isEmpty else { throw ItemFault("its question is empty") }
    guard !answer.isEmpty else { throw ItemFault("its answer is empty") }
    var messages = [Example.Message(.user, question), Example.Message(.assistant, answer)]
    if let system = values["system"], !system.isEmpty {
      messages.insert(.init(.system, system), at: 0)
    }
    let document = values["document"].flatMap { $0.isEmpty ? nil : $0 }
    return Example(
      messages,
      origin: .imported,
      passage: values["passage"].flatMap { $0.isEmpty ? nil : $0 },
      source: document.map { .init(place: $0, document: $0) }
    )
  }

  /// The header of what is written.
  static let written = ["question", "answer", "system", "passage", "document"]

  /// The cells for an example, under the header that is written.
  ///
  /// - Throws: ``ItemFault`` where it is not one question with one learnt answer.
  static func cells(_ example: Example) throws(ItemFault) -> [String] {
    var turns = example.messages[...]
    let system = turns.first?.role == .system ? turns.removeFirst().content : ""
    guard turns.count == 2, let question = turns.first, let answer = turns.last,
      question.role == .user, answer.role == .assistant, answer.isLearnt
    else { throw ItemFault("the format holds one question with one learnt answer") }
    guard !question.content.isEmpty, !answer.content.isEmpty else {
      throw ItemFault("its question or answer is empty")
    }
    return [
      question.content, answer.content, system, example.passage ?? "",
      example.source?.document ?? "",
    ]
  }
}
