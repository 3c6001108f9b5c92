/// Finds text in documents that speaks to the model instead of telling a reader something.
///
/// No list of phrases finds all of it. What is found is no evidence: a sentence that only stands in
/// such a text counts as unsupported. The cost of a false alarm is a mark too many.
enum InstructionDetector {
  /// Which of a passage's sentences are addressed to a model.
  ///
  /// An attempt to take over taints everything behind it up to the end of its paragraph; a mere request
  /// taints its own sentence.
  static func tainted(_ sentences: [(text: String, beginsParagraph: Bool)]) -> [Bool] {
    var isTakenOver = false
    return sentences.map { sentence in
      if sentence.beginsParagraph { isTakenOver = false }
      let words = " " + FactText(sentence.text).tokens.map(\.lower).joined(separator: " ") + " "
      if takesOver(words) { isTakenOver = true }
      return isTakenOver || asks(words)
    }
  }

  private static func takesOver(_ words: String) -> Bool {
    func holdsAny(_ phrases: [String]) -> Bool { phrases.contains { words.contains(" \($0)") } }
    if holdsAny(revocations), holdsAny(orders) { return true }
    if words.contains(" system prompt "), holdsAny(disclosures) { return true }
    return holdsAny(takeovers)
  }

  private static func asks(_ words: String) -> Bool {
    func holdsAny(_ phrases: [String]) -> Bool { phrases.contains { words.contains(" \($0) ") } }
    if holdsAny(addressed) { return true }
    if holdsAny(["when asked", "if asked", "if anyone asks"]), holdsAny(sayings) { return true }
    let first = words.split(separator: " ").prefix(3)
    return first.contains { commands.contains(String($0)) } && holdsAny(outputs)
  }

  // Business prose tells people what to write and answer too: the phrases are such as only a model is
  // told.
  private static let revocations = [
    "ignore ", "ignoring ", "disregard", "forget ", "override ", "overrule ", "bypass ",
  ]
  private static let orders = [
    "instruction", "prompt", "your rules", "all rules", "guideline", "directive",
    "all previous", "everything above", "everything before", "you were told", "other passages",
    "the passages",
  ]
  private static let disclosures = [
    "print", "reveal", "repeat", "output", "show", "write", "disclose", "display", "recite", "your",
  ]
  private static let takeovers = [
    "new instruction", "you are now ", "system message ", "developer message ", "system override ",
    "end of passage", "end of data ", "end of context ", "instructions for the assistant ",
    "instruction for the assistant ", "note to the assistant ", "instructions to the assistant ",
    "note to the model ", "note to ai ", "note to the ai ", "note to llm", "dear assistant ",
    "dear ai ", "dear model ", "attention ai ", "hidden instruction", "assistant must ",
    "assistant should ", "assistants must ", "assistants should ", "model must ", "chatbot must ",
    "llm must ", "ai must ", "instructions to ai ", "instructions for ai ", "your instructions ",
  ]
  private static let addressed = [
    "in your answer", "in your response", "in your reply", "to your answer", "to your response",
    "to your reply", "end your answer", "end your reply", "end your response", "begin your answer",
    "begin your response", "start your answer", "start your response", "when answering",
    "when you answer", "if you are asked", "when you are asked", "your answer", "your response",
    "your reply", "tell the user", "tell the reader", "every answer", "all answers",
    "you must say", "you must state", "you must write", "you must add", "you must include",
    "you must cite", "cite passage", "cite source", "cite this as", "respond with", "reply with",
  ]
  private static let sayings = [
    "say", "answer", "respond", "reply", "state", "claim", "tell", "write", "recommend",
  ]
  private static let commands: Set<String> = [
    "add", "include", "append", "insert", "write", "say", "state", "tell", "mention", "print",
    "reveal", "output", "repeat", "cite", "claim", "assert", "conclude", "display", "show",
    "pretend", "act", "always", "never",
  ]
  private static let outputs = [
    "instructions", "prompt", "verbatim", "say that", "state that", "claim that", "tell everyone",
    "mention that", "write that", "assert that", "conclude that", "pretend that", "marker",
    "markers", "citation", "citations", "assistant", "as a fact", "link", "links", "http", "https",
  ]
}
