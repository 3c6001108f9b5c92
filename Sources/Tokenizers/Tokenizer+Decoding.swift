extension Tokenizer {
  /// The text that token ids stand for, as far as it can be had back: what normalization took
  /// away stays away. Ids that are not in the vocabulary are left out.
  ///
  /// - Parameters:
  ///   - ids: token ids.
  ///   - skipSpecialTokens: whether special tokens, the unknown token included, are left out.
  /// - Returns: the text; bytes that are no UTF-8 show as U+FFFD.
  public func decode(_ ids: [Int32], skipSpecialTokens: Bool = true) -> String {
    let tokens = ids.compactMap { id in
      skipSpecialTokens && vocabulary.specialIDs.contains(id) ? nil : vocabulary.token(id)
    }
    return decoder?.decode(tokens) ?? tokens.joined(separator: " ")
  }

  /// Text from tokens as they come, for showing an answer while it is written.
  ///
  /// - Parameter showsSpecialTokens: whether special tokens are spelled out or left out.
  /// - Returns: a decoder at the beginning of a text.
  public func makeStreamDecoder(showsSpecialTokens: Bool = false) -> TokenStreamDecoder {
    TokenStreamDecoder(tokenizer: self, showsSpecialTokens: showsSpecialTokens)
  }

  /// The bytes of text that a token stands for, which may be part of a character; for deciding
  /// which tokens may come next. A blank that decoding drops at the front of a text is included.
  ///
  /// - Parameter id: the id of a token.
  /// - Returns: nil for a special token, which stands for no text, and for an id without token.
  public func bytes(of id: Int32) -> [UInt8]? {
    guard let token = vocabulary.token(id), !isSpecial(id) else { return nil }
    return decoder?.contribution?.bytes(of: token) ?? Array(token.utf8)
  }
}
