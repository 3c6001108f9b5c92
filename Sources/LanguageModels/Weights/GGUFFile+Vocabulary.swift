import Tokenizers

extension GGUFFile {
  /// The vocabulary in the metadata, for the tokenizer.
  ///
  /// - Throws: `LanguageModelError` with code `malformedConfiguration` if there is none.
  func vocabulary() throws(LanguageModelError) -> GGUFVocabulary {
    guard let model = string("tokenizer.ggml.model"),
      case .strings(let tokens)? = metadata["tokenizer.ggml.tokens"]
    else {
      throw LanguageModelError(
        .malformedConfiguration,
        "The GGUF file holds no vocabulary.",
        subject: path,
        remedy: "Get the model with its tokenizer."
      )
    }
    var vocabulary = GGUFVocabulary(model: model, tokens: tokens)
    vocabulary.pre = string("tokenizer.ggml.pre")
    if case .floats(let scores)? = metadata["tokenizer.ggml.scores"] { vocabulary.scores = scores }
    vocabulary.tokenTypes = integers("tokenizer.ggml.token_type").map { Int32(clamping: $0) }
    if case .strings(let merges)? = metadata["tokenizer.ggml.merges"] { vocabulary.merges = merges }
    vocabulary.beginningID = integer("tokenizer.ggml.bos_token_id")
    vocabulary.endID = integer("tokenizer.ggml.eos_token_id")
    vocabulary.unknownID = integer("tokenizer.ggml.unknown_token_id")
    vocabulary.paddingID = integer("tokenizer.ggml.padding_token_id")
    vocabulary.separatorID = integer("tokenizer.ggml.seperator_token_id")
    vocabulary.classificationID = integer("tokenizer.ggml.cls_token_id")
    vocabulary.maskID = integer("tokenizer.ggml.mask_token_id")
    vocabulary.addsBeginning = bool("tokenizer.ggml.add_bos_token")
    vocabulary.addsEnd = bool("tokenizer.ggml.add_eos_token")
    vocabulary.addsSpacePrefix = bool("tokenizer.ggml.add_space_prefix")
    vocabulary.removesExtraWhitespaces = bool("tokenizer.ggml.remove_extra_whitespaces")
    vocabulary.precompiledCharacterMap = integers("tokenizer.ggml.precompiled_charsmap")
      .map { UInt8(truncatingIfNeeded: $0) }
    return vocabulary
  }

  private func integers(_ key: String) -> [Int64] {
    guard case .integers(let values)? = metadata[key] else { return [] }
    return values
  }
}
