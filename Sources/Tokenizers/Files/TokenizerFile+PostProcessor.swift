extension TokenizerFile {
  func template(_ vocabulary: Vocabulary) throws(TokenizerError) -> SpecialTokenTemplate {
    var template = SpecialTokenTemplate()
    guard let (type, value) = try component("post_processor") else { return template }
    try add(type, value, vocabulary, to: &template, depth: 0)
    return template
  }

  private func add(
    _ type: String,
    _ value: JSONValue,
    _ vocabulary: Vocabulary,
    to template: inout SpecialTokenTemplate,
    depth: Int
  ) throws(TokenizerError) {
    switch type {
    case "Sequence":
      for (type, value) in try sequence("processors", of: value, depth: depth) {
        try add(type, value, vocabulary, to: &template, depth: depth + 1)
      }
    case "ByteLevel":
      if try field("trim_offsets", of: value, \.bool) ?? true {
        template.trimming = OffsetTrimming(
          hasPrefixBlank: try field("add_prefix_space", of: value, \.bool) ?? true
        )
      }
    case "BertProcessing", "RobertaProcessing":
      template.prefix = [try bertToken("cls", of: value, vocabulary)] + template.prefix
      template.suffix += [try bertToken("sep", of: value, vocabulary)]
      if type == "RobertaProcessing", try field("trim_offsets", of: value, \.bool) ?? true {
        template.trimming = OffsetTrimming(
          hasPrefixBlank: try field("add_prefix_space", of: value, \.bool) ?? true
        )
      }
    case "TemplateProcessing":
      let added = try templateProcessing(value, vocabulary)
      template.prefix = added.prefix + template.prefix
      template.suffix += added.suffix
    default:
      throw unsupported(
        "the post-processor \(type)",
        supported: "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence"
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
      throw malformed("The post-processor has no usable field \(key).")
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
    var template = SpecialTokenTemplate()
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
