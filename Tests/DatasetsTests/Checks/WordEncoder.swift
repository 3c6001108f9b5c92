import Datasets

/// Makes a token of every word: role markers 1–4, the end token 9, words from 100 on.
struct WordEncoder: ExampleEncoder {
  var maximumTokens: Int
  var endTokens: Set<Int32> = [9]
  /// What stands behind each message.
  var ending: Int32 = 9
  /// A role that it refuses.
  var refused: Example.Message.Role?

  struct Refusal: Error {}

  func encode(_ example: Example) throws -> EncodedExample {
    var encoded = EncodedExample(tokens: [], isLearnt: [])
    for message in example.messages {
      if message.role == refused { throw Refusal() }
      encoded.tokens.append(1)
      encoded.isLearnt.append(false)
      let words = message.content.split(separator: " ").map { Int32(100 + $0.utf8.count) }
      encoded.tokens += words + [ending]
      let isLearnt = message.role == .assistant && message.isLearnt && !words.isEmpty
      encoded.isLearnt += Array(repeating: isLearnt, count: words.count + 1)
    }
    return encoded
  }

  func text(of tokens: [Int32]) -> String {
    tokens.map { $0 == 10 ? "\n" : "t\($0)" }.joined(separator: " ")
  }
}
