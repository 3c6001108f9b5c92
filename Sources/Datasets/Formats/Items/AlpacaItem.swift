/// Stanford Alpaca's items, with the system message and the history that later files have.
///
/// The question is the instruction, and the input on the next line where there is one.
enum AlpacaItem {
  static func example(_ item: JSONValue) throws(ItemFault) -> Example {
    var messages: [Example.Message] = []
    if let system = try item.text("system"), !system.isEmpty {
      messages.append(.init(.system, system))
    }
    if let history = item["history"] {
      guard case .array(let turns) = history else {
        throw ItemFault("\"history\" is \(history.kind), and must be an array")
      }
      for (index, turn) in turns.enumerated() {
        guard let turn = turn.array, turn.count == 2, let question = turn[0].string,
          let answer = turn[1].string
        else { throw ItemFault("turn \(index + 1) of \"history\" is no pair of strings") }
        messages += [.init(.user, question), .init(.assistant, answer)]
      }
    }
    let instruction = try item.requiredText("instruction")
    let input = try item.text("input") ?? ""
    let output = try item.text(anyOf: "output", "response")
    guard let output else { throw ItemFault("\"output\" is missing") }
    let question = [instruction, input].filter { !$0.isEmpty }.joined(separator: "\n")
    messages += [.init(.user, question), .init(.assistant, output)]
    return Example(messages, origin: .imported)
  }

  /// The item for an example.
  ///
  /// - Throws: ``ItemFault`` where the turns do not alternate or an answer is not learnt.
  static func item(_ example: Example) throws(ItemFault) -> JSONValue {
    var turns = example.messages[...]
    let system = turns.first?.role == .system ? turns.removeFirst().content : nil
    guard !turns.isEmpty, turns.count.isMultiple(of: 2) else {
      throw ItemFault("the format holds pairs of question and answer")
    }
    var pairs: [(question: String, answer: String)] = []
    while let question = turns.popFirst(), let answer = turns.popFirst() {
      guard question.role == .user, answer.role == .assistant else {
        throw ItemFault("the format holds pairs of question and answer")
      }
      guard answer.isLearnt else { throw ItemFault("the format has answers that are learnt only") }
      pairs.append((question.content, answer.content))
    }
    guard let last = pairs.popLast() else {
      throw ItemFault("the format holds pairs of question and answer")
    }
    var members: [JSONValue.Member] = [
      .init("instruction", .string(last.question)), .init("input", .string("")),
      .init("output", .string(last.answer)),
    ]
    if let system { members.append(.init("system", .string(system))) }
    if !pairs.isEmpty {
      let history = pairs.map { JSONValue.array([.string($0.question), .string($0.answer)]) }
      members.append(.init("history", .array(history)))
    }
    return .object(members)
  }
}
