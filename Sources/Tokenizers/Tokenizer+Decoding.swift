extension Tokenizer {
  /// The text that token ids stand for, as far as it can be had back: what normalization took
  /// away stays away. Ids that are not in the vocabulary are left out.
  ///
  /// - Parameters:
  ///   - ids: token ids.
  ///   - skipSpecialTokens: whether special tokens, the unknown token included, are left out.
  /// - Returns: the text.
  public func decode(_ ids: [Int32], skipSpecialTokens: Bool = true) -> String {
    let tokens = ids.compactMap { id in
      skipSpecialTokens && vocabulary.specialIDs.contains(id) ? nil : vocabulary.token(id)
    }
    return decoder?.decode(tokens) ?? tokens.joined(separator: " ")
  }
}
