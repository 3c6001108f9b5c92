/// What `tokenizer_config.json` says.
struct TokenizerSettings {
  let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  subscript(key: String) -> JSONValue? { root[key] }

  /// How a special token is spelled: as a string, or as an object with flags.
  func token(_ key: String) -> String? {
    root[key]?.string ?? root[key]?["content"]?.string
  }

  /// The ids of the tokens with a role, those of BERT under their usual names.
  func specialTokens(in vocabulary: Vocabulary, unknown: Int32?) -> SpecialTokens {
    func id(_ key: String, _ usual: String? = nil) -> Int32? {
      (token(key) ?? usual).flatMap(vocabulary.id)
    }
    return SpecialTokens(
      unknown: unknown ?? id("unk_token"),
      classification: id("cls_token", "[CLS]"),
      separator: id("sep_token", "[SEP]"),
      padding: id("pad_token", "[PAD]"),
      mask: id("mask_token", "[MASK]"),
      beginning: id("bos_token"),
      end: id("eos_token")
    )
  }

  /// The tokens that `added_tokens_decoder` lists; empty without one.
  func addedTokens() -> [AddedToken] {
    (root["added_tokens_decoder"]?.object ?? []).compactMap { key, value in
      guard let id = Int32(key), let content = value["content"]?.string, !content.isEmpty else {
        return nil
      }
      return AddedToken(
        id: id,
        content: content,
        singleWord: value["single_word"]?.bool ?? false,
        stripsLeft: value["lstrip"]?.bool ?? false,
        stripsRight: value["rstrip"]?.bool ?? false,
        isNormalized: value["normalized"]?.bool ?? false,
        isSpecial: value["special"]?.bool ?? false
      )
    }
  }

  /// A SentencePiece model with what the settings say about its frame.
  func completing(_ vocabulary: SentencePieceVocabulary) -> SentencePieceVocabulary {
    var vocabulary = vocabulary
    let isLlama = root["tokenizer_class"]?.string?.contains("T5") != true
    vocabulary.addsBeginning = root["add_bos_token"]?.bool ?? (isLlama && !vocabulary.isUnigram)
    vocabulary.addsEnd = root["add_eos_token"]?.bool ?? !isLlama
    return vocabulary
  }
}
