import Tokenizers

/// What an answer model needs to know about the tokens it writes.
struct AnswerVocabulary: Sendable {
  /// By id: whether an answer may have it as a written token. Special and unused tokens are none.
  let mayWrite: [Bool]
  /// By id: the token without the mark of a continued word.
  private let texts: [String]
  /// By id: whether the token goes on with the word before it.
  private let continues: [Bool]
  let unknown: Int32?

  /// What a tokenizer says about the `size` tokens that the model knows.
  init(_ tokenizer: Tokenizer, size: Int) {
    var mayWrite = [Bool](repeating: false, count: size)
    var texts = [String](repeating: "", count: size)
    var continues = [Bool](repeating: false, count: size)
    for id in 0..<min(size, tokenizer.idLimit) {
      guard let token = tokenizer.token(for: Int32(id)) else { continue }
      let isContinued = token.utf8.count > 2 && token.hasPrefix("##")
      continues[id] = isContinued
      texts[id] = isContinued ? String(token.dropFirst(2)) : token
      let isBracketed = token.utf8.count > 2 && token.hasPrefix("[") && token.hasSuffix("]")
      mayWrite[id] = !isBracketed && !tokenizer.isSpecial(Int32(id))
    }
    self.mayWrite = mayWrite
    self.texts = texts
    self.continues = continues
    unknown = tokenizer.specialTokens.unknown
  }

  func text(_ id: Int32) -> String { texts[Int(id)] }

  func continuesWord(_ id: Int32) -> Bool { continues[Int(id)] }
}
