/// What a tokenizer is made of, as its files state it.
struct TokenizerParts {
  var vocabulary: Vocabulary
  var added: [AddedToken] = []
  var normalizers: [Normalizer] = []
  var preTokenizers: [PreTokenizer] = []
  var model: TokenModel
  var template = SpecialTokenTemplate()
  var decoder: TokenDecoder?
  var specialTokens = SpecialTokens()
}

extension Tokenizer {
  init(_ parts: TokenizerParts) {
    var vocabulary = parts.vocabulary
    for token in parts.added where token.isSpecial { vocabulary.markSpecial(token.id) }
    let normalized = parts.added.filter(\.isNormalized).map { token in
      var text = NormalizedText()
      let content = Array(token.content.utf8)
      text.append(copying: content, content.indices)
      text = parts.normalizers.reduce(text) { $1.apply(to: $0) }
      return (token: token, bytes: text.bytes)
    }
    // The reference shows such a token as it looks for it. Special tokens keep the spelling that
    // templates and settings call them by.
    for (token, bytes) in normalized where !token.isSpecial {
      vocabulary.respell(token.id, as: String(decoding: bytes, as: UTF8.self))
    }
    self.vocabulary = vocabulary
    normalizers = parts.normalizers
    preTokenizers = parts.preTokenizers
    caches = WordCachePool()
    model = parts.model
    template = parts.template
    decoder = parts.decoder
    originalMatcher = AddedTokenMatcher(
      parts.added.filter { !$0.isNormalized }.map { ($0, Array($0.content.utf8)) }
    )
    normalizedMatcher = AddedTokenMatcher(normalized)
    specialTokens = parts.specialTokens
  }
}
