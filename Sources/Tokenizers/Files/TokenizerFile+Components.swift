extension TokenizerFile {
  func normalizer() throws(TokenizerError) -> BertNormalizer? {
    guard let (type, value) = try component("normalizer") else { return nil }
    guard type == "BertNormalizer" else {
      throw unsupported("the normalizer \(type)", supported: "BertNormalizer")
    }
    let lowercases = try field("lowercase", of: value, \.bool) ?? true
    return BertNormalizer(
      cleansText: try field("clean_text", of: value, \.bool) ?? true,
      spacesIdeographs: try field("handle_chinese_chars", of: value, \.bool) ?? true,
      stripsAccents: try field("strip_accents", of: value, \.bool) ?? lowercases,
      lowercases: lowercases
    )
  }

  func checkPreTokenizer() throws(TokenizerError) {
    let type = try component("pre_tokenizer")?.type
    guard type == "BertPreTokenizer" else {
      throw unsupported("the pre-tokenizer \(type ?? "null")", supported: "BertPreTokenizer")
    }
  }

  func decoder() throws(TokenizerError) -> WordPieceDecoder? {
    guard let (type, value) = try component("decoder") else { return nil }
    guard type == "WordPiece" else {
      throw unsupported("the decoder \(type)", supported: "WordPiece")
    }
    return WordPieceDecoder(
      prefix: try field("prefix", of: value, \.string) ?? "##",
      cleansUp: try field("cleanup", of: value, \.bool) ?? true
    )
  }

  func template(_ vocabulary: Vocabulary) throws(TokenizerError) -> SpecialTokenTemplate {
    guard let (type, value) = try component("post_processor") else {
      return SpecialTokenTemplate(prefix: [], suffix: [])
    }
    switch type {
    case "BertProcessing":
      return SpecialTokenTemplate(
        prefix: [try bertToken("cls", of: value, vocabulary)],
        suffix: [try bertToken("sep", of: value, vocabulary)]
      )
    case "TemplateProcessing":
      return try templateProcessing(value, vocabulary)
    default:
      throw unsupported(
        "the post-processor \(type)",
        supported: "TemplateProcessing, BertProcessing"
      )
    }
  }

  /// `["[CLS]", 101]`.
  private func bertToken(
    _ key: String,
    of value: JSONValue,
    _ vocabulary: Vocabulary
  ) throws(TokenizerError) -> Int32 {
    guard let pair = value[key]?.array, pair.count == 2, let id = pair[1].integer else {
      throw malformed("BertProcessing has no usable field \(key).")
    }
    return try known(id, vocabulary)
  }

  private func templateProcessing(
    _ value: JSONValue,
    _ vocabulary: Vocabulary
  ) throws(TokenizerError) -> SpecialTokenTemplate {
    guard let items = value["single"]?.array else {
      throw malformed("TemplateProcessing has no list single.")
    }
    var template = SpecialTokenTemplate(prefix: [], suffix: [])
    var hasText = false
    for item in items {
      if let sequence = item["Sequence"] {
        guard sequence["id"]?.string == "A", !hasText else {
          throw unsupported("a template with several texts", supported: "one text A")
        }
        hasText = true
      } else if let name = item["SpecialToken"]?["id"]?.string {
        guard let ids = value["special_tokens"]?[name]?["ids"]?.array else {
          throw malformed("TemplateProcessing does not say which ids \(name) stands for.")
        }
        for entry in ids {
          guard let id = entry.integer else { throw malformed("An id of \(name) is no number.") }
          let checked = try known(id, vocabulary)
          if hasText { template.suffix.append(checked) } else { template.prefix.append(checked) }
        }
      } else {
        throw malformed("TemplateProcessing holds an item of an unknown kind.")
      }
    }
    guard hasText else { throw malformed("The template of TemplateProcessing has no text.") }
    return template
  }

  private func known(_ id: Int, _ vocabulary: Vocabulary) throws(TokenizerError) -> Int32 {
    guard let id = Int32(exactly: id), vocabulary.token(id) != nil else {
      throw malformed("The post-processor uses the id \(id), which is not in the vocabulary.")
    }
    return id
  }

  /// The entries of `added_tokens` that have content.
  func addedTokens() throws(TokenizerError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    for entry in try field("added_tokens", of: root, \.array) ?? [] {
      guard let content = entry["content"]?.string,
        let id = entry["id"]?.integer.flatMap({ Int32(exactly: $0) })
      else { throw malformed("An added token has no content or no usable id.") }
      if content.isEmpty { continue }
      let isSpecial = try field("special", of: entry, \.bool) ?? false
      tokens.append(
        AddedToken(
          id: id,
          content: content,
          singleWord: try field("single_word", of: entry, \.bool) ?? false,
          stripsLeft: try field("lstrip", of: entry, \.bool) ?? false,
          stripsRight: try field("rstrip", of: entry, \.bool) ?? false,
          isNormalized: try field("normalized", of: entry, \.bool) ?? !isSpecial,
          isSpecial: isSpecial
        )
      )
    }
    return tokens
  }
}
