/// What a model wrote when it was asked for questions, read with patience.
enum GeneratorReply {
  /// The questions with their answers, in their order.
  static func pairs(_ reply: String) -> [QuestionPair] {
    let values = values(Array(reply.utf8))
    let pairs = values.flatMap(pairs)
    return pairs.isEmpty ? lines(reply) : pairs
  }

  /// The JSON values in a text that begin with a bracket; an array that does not end gives those of its
  /// elements that do.
  private static func values(_ bytes: [UInt8]) -> [JSONValue] {
    var values: [JSONValue] = []
    var start = 0
    while start < bytes.count {
      guard bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "["),
        let end = end(of: bytes, from: start),
        let value = try? JSONParser.parse(bytes[start..<end])
      else {
        start += 1
        continue
      }
      values.append(value)
      start = end
    }
    return values
  }

  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for index in start..<min(bytes.count, start + 1 << 16) {
      let byte = bytes[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
    }
    return nil
  }

  private static func pairs(_ value: JSONValue) -> [QuestionPair] {
    switch value {
    case .array(let elements): return elements.flatMap(pairs)
    case .object(let members):
      let question = value["question"]?.string ?? value["q"]?.string
      let answer = value["answer"]?.string ?? value["a"]?.string
      guard let question, let answer else { return members.flatMap { pairs($0.value) } }
      return [QuestionPair(question: trimmed(question[...]), answer: trimmed(answer[...]))]
    default: return []
    }
  }

  /// `Q: …` followed by `A: …`, with numbers or marks in front.
  private static func lines(_ reply: String) -> [QuestionPair] {
    var pairs: [QuestionPair] = []
    var question: String?
    for line in reply.split(whereSeparator: \.isNewline) {
      let bare = line.drop { !$0.isLetter }
      if let text = rest(of: bare, behind: ["question", "q"]) {
        question = text
      } else if let text = rest(of: bare, behind: ["answer", "a"]), let asked = question {
        pairs.append(QuestionPair(question: asked, answer: text))
        question = nil
      }
    }
    return pairs
  }

  private static func rest(of line: Substring, behind names: [String]) -> String? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon].lowercased().prefix { $0.isLetter }
    let behind = line[..<colon].dropFirst(name.count)
    guard names.contains(String(name)), behind.allSatisfy({ !$0.isLetter }) else { return nil }
    let text = trimmed(line[line.index(after: colon)...].drop { $0 == "*" })
    return text.isEmpty ? nil : text
  }

  private static func trimmed(_ text: Substring) -> String {
    let front = text.drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}
