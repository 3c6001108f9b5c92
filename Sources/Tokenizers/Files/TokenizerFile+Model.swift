extension TokenizerFile {
  /// The parts of a WordPiece model that the file states.
  struct ModelEntry {
    var vocabulary: Vocabulary
    var unknownToken: String
    var continuationPrefix: String
    var maximumWordLength: Int
  }

  func model() throws(TokenizerError) -> ModelEntry {
    guard let value = root["model"], value.object != nil else {
      throw malformed("The file has no model.")
    }
    // Files written before models had a type are told by a field only WordPiece has.
    let type = try field("type", of: value, \.string)
    guard type == "WordPiece" || type == nil && value["max_input_chars_per_word"] != nil else {
      throw unsupported("the model \(type ?? "without a type")", supported: "WordPiece")
    }
    guard let entries = value["vocab"]?.object else {
      throw malformed("The model has no vocabulary.")
    }
    var vocabulary = Vocabulary(expected: entries.count)
    for (token, id) in entries {
      guard let id = id.integer else { throw malformed("The id of a token is no whole number.") }
      try vocabulary.add(token, id: id, subject: name)
    }
    return ModelEntry(
      vocabulary: vocabulary,
      unknownToken: try field("unk_token", of: value, \.string) ?? "[UNK]",
      continuationPrefix: try field("continuing_subword_prefix", of: value, \.string) ?? "##",
      maximumWordLength: try field("max_input_chars_per_word", of: value, \.integer) ?? 100
    )
  }
}
