extension TokenizerFile {
  /// The model, its vocabulary without added tokens, and the id of the unknown token.
  struct ModelEntry {
    var model: TokenModel
    var vocabulary: Vocabulary
    var unknownID: Int32?
  }

  /// The model that the file describes, for words or for their bytes.
  func model(isByteLevel: Bool) throws(TokenizerError) -> ModelEntry {
    guard let value = root["model"], value.object != nil else {
      throw malformed("The file has no model.")
    }
    // Files written before models had a type are told by a field only one of them has.
    var type = try field("type", of: value, \.string)
    if type == nil, value["max_input_chars_per_word"] != nil { type = "WordPiece" }
    if type == nil, value["merges"] != nil { type = "BPE" }
    if type == nil, value["vocab"]?.array != nil { type = "Unigram" }
    switch type {
    case "WordPiece" where !isByteLevel: return try wordPiece(value)
    case "BPE": return try bytePair(value, isByteLevel: isByteLevel)
    case "Unigram" where !isByteLevel: return try unigram(value)
    default:
      throw unsupported(
        "the model \(type ?? "without a type")" + (isByteLevel ? " with bytes" : ""),
        supported: "WordPiece, BPE, Unigram"
      )
    }
  }

  private func vocabulary(of value: JSONValue) throws(TokenizerError) -> Vocabulary {
    guard let entries = value["vocab"]?.object else {
      throw malformed("The model has no vocabulary.")
    }
    var vocabulary = Vocabulary(expected: entries.count)
    for (token, id) in entries {
      guard let id = id.integer else { throw malformed("The id of a token is no whole number.") }
      try vocabulary.add(token, id: id, subject: name)
    }
    return vocabulary
  }

  private func wordPiece(_ value: JSONValue) throws(TokenizerError) -> ModelEntry {
    let vocabulary = try vocabulary(of: value)
    let unknownToken = try field("unk_token", of: value, \.string) ?? "[UNK]"
    guard let unknownID = vocabulary.id(unknownToken) else {
      throw TokenizerError.missing(unknownToken, name)
    }
    let model = WordPiece(
      vocabulary: vocabulary,
      unknownID: unknownID,
      continuationPrefix: try field("continuing_subword_prefix", of: value, \.string) ?? "##",
      maximumWordLength: try field("max_input_chars_per_word", of: value, \.integer) ?? 100
    )
    return ModelEntry(model: .wordPiece(model), vocabulary: vocabulary, unknownID: unknownID)
  }

  private func bytePair(
    _ value: JSONValue,
    isByteLevel: Bool
  ) throws(TokenizerError) -> ModelEntry {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let affix = try field(key, of: value, \.string), !affix.isEmpty {
        throw unsupported("a BPE model with \(key)", supported: "BPE models without")
      }
    }
    let vocabulary = try vocabulary(of: value)
    let unknownToken = try field("unk_token", of: value, \.string)
    let unknownID = unknownToken.flatMap(vocabulary.id)
    if let unknownToken, unknownID == nil { throw TokenizerError.missing(unknownToken, name) }
    guard let entries = value["merges"]?.array else {
      throw malformed("The model has no list of merges.")
    }
    var merges: [(left: String, right: String)] = []
    merges.reserveCapacity(entries.count)
    for entry in entries {
      if let text = entry.string, let merge = BytePairEncoding.merge(text) {
        merges.append(merge)
      } else if let pair = entry.array, pair.count == 2, let left = pair[0].string,
        let right = pair[1].string
      {
        merges.append((left, right))
      } else {
        throw malformed("A merge is not two tokens.")
      }
    }
    let model = try BytePairEncoding(
      vocabulary: vocabulary,
      merges: merges,
      isByteLevel: isByteLevel,
      hasByteFallback: try field("byte_fallback", of: value, \.bool) ?? false,
      unknownID: unknownID,
      fusesUnknown: try field("fuse_unk", of: value, \.bool) ?? false,
      prefersWholeWords: try field("ignore_merges", of: value, \.bool) ?? false,
      subject: name
    )
    return ModelEntry(model: .bytePair(model), vocabulary: vocabulary, unknownID: unknownID)
  }

  private func unigram(_ value: JSONValue) throws(TokenizerError) -> ModelEntry {
    guard let entries = value["vocab"]?.array else {
      throw malformed("The model has no vocabulary.")
    }
    var vocabulary = Vocabulary(expected: entries.count)
    var scores: [Double] = []
    for (id, entry) in entries.enumerated() {
      guard let pair = entry.array, pair.count == 2, let token = pair[0].string,
        let score = pair[1].double, score.isFinite
      else { throw malformed("An entry of the vocabulary is not a token with its score.") }
      try vocabulary.add(token, id: id, subject: name)
      scores.append(score)
    }
    guard let unknownID = try field("unk_id", of: value, \.integer), unknownID >= 0,
      unknownID < scores.count
    else {
      throw unsupported("a Unigram model without unk_id", supported: "Unigram models with one")
    }
    let hasFallback = try field("byte_fallback", of: value, \.bool) ?? false
    let model = Unigram(
      table: vocabulary.table,
      scores: scores,
      unknownID: Int32(unknownID),
      byteIDs: hasFallback ? vocabulary.fallbackIDs() : nil
    )
    return ModelEntry(
      model: .unigram(model),
      vocabulary: vocabulary,
      unknownID: Int32(unknownID)
    )
  }
}
