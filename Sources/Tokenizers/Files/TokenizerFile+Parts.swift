extension TokenizerFile {
  /// The parts that the file describes.
  func parts(settings: TokenizerSettings) throws(TokenizerError) -> TokenizerParts {
    let normalizers = try normalizers()
    let words = try preTokenizers()
    let entry = try model(isByteLevel: words.isByteLevel)
    var vocabulary = entry.vocabulary
    var added = try addedTokens()
    for index in added.indices {
      // Where the two disagree, the model's vocabulary decides.
      if let id = vocabulary.id(added[index].content) {
        added[index].id = id
      } else {
        let token = added[index]
        try vocabulary.add(token.content, id: Int(token.id), subject: name)
      }
    }
    var parts = TokenizerParts(vocabulary: vocabulary, model: entry.model)
    parts.added = added
    parts.normalizers = normalizers
    parts.preTokenizers = words.steps
    parts.template = try template(vocabulary)
    parts.decoder = try decoder()
    parts.specialTokens = settings.specialTokens(in: vocabulary, unknown: entry.unknownID)
    return parts
  }
}
