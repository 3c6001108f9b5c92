extension GGUFVocabulary {
  /// The parts of the tokenizer that the metadata describes.
  func parts(subject: String) throws(TokenizerError) -> TokenizerParts {
    guard !tokens.isEmpty, tokens.count <= Vocabulary.largestID else {
      throw malformed("The vocabulary is empty or too large.", subject)
    }
    guard tokenTypes.isEmpty || tokenTypes.count == tokens.count else {
      throw malformed("There are not as many token types as tokens.", subject)
    }
    var parts: TokenizerParts
    switch model {
    case "gpt2": parts = try byteLevel(subject)
    case "llama", "t5": parts = try sentencePiece(subject)
    case "bert": parts = try wordPiece(subject)
    default:
      throw TokenizerError(
        .unsupportedConstruct,
        "The tokenizer model \(model) is not supported.",
        subject: subject,
        remedy: "Supported: llama, gpt2, bert, t5. Choose another model."
      )
    }
    parts.specialTokens.unknown = try checked(unknownID, subject) ?? parts.specialTokens.unknown
    parts.specialTokens.padding = try checked(paddingID, subject) ?? parts.specialTokens.padding
    parts.specialTokens.mask = try checked(maskID, subject) ?? parts.specialTokens.mask
    return parts
  }

  private func byteLevel(_ subject: String) throws(TokenizerError) -> TokenizerParts {
    var vocabulary = Vocabulary(expected: tokens.count)
    var added: [AddedToken] = []
    for (id, token) in tokens.enumerated() {
      try vocabulary.add(token, id: id, subject: subject)
      let kind = try kind(id, subject)
      if !token.isEmpty, kind == .control || kind == .unknown || kind == .userDefined {
        added.append(
          AddedToken(id: Int32(id), content: token, isSpecial: kind != .userDefined)
        )
      }
    }
    var list: [(left: String, right: String)] = []
    for (number, line) in merges.enumerated() {
      guard let merge = BytePairEncoding.merge(line) else {
        throw malformed("Merge \(number + 1) is not two tokens.", subject)
      }
      list.append(merge)
    }
    let rules = try rules(subject)
    let model = try BytePairEncoding(
      vocabulary: vocabulary,
      merges: list,
      isByteLevel: true,
      prefersWholeWords: rules.prefersWholeWords,
      subject: subject
    )
    var parts = TokenizerParts(vocabulary: vocabulary, model: .bytePair(model))
    parts.added = added
    parts.decoder = .byteLevel
    parts.normalizers = rules.normalizers
    parts.preTokenizers = rules.steps
    parts.specialTokens.beginning = try checked(beginningID, subject)
    parts.specialTokens.end = try checked(endID, subject)
    try addFrame(to: &parts, beginning: addsBeginning ?? rules.addsBeginning, subject)
    return parts
  }

  private func sentencePiece(_ subject: String) throws(TokenizerError) -> TokenizerParts {
    guard scores.count == tokens.count else {
      throw malformed("There are not as many scores as tokens.", subject)
    }
    var vocabulary = SentencePieceVocabulary()
    for (id, token) in tokens.enumerated() {
      let kind = try kind(id, subject)
      vocabulary.pieces.append(.init(text: token, score: scores[id], kind: kind))
    }
    let isUnigram = model == "t5"
    vocabulary.isUnigram = isUnigram
    vocabulary.characterMap = precompiledCharacterMap
    vocabulary.addsPrefix = addsSpacePrefix ?? true
    vocabulary.removesExtraBlanks = removesExtraWhitespaces ?? isUnigram
    vocabulary.unknownID = unknownID ?? (isUnigram ? 2 : 0)
    vocabulary.beginningID = beginningID ?? (isUnigram ? nil : 1)
    vocabulary.endID = endID ?? (isUnigram ? 1 : 2)
    vocabulary.paddingID = paddingID
    vocabulary.addsBeginning = addsBeginning ?? !isUnigram
    vocabulary.addsEnd = addsEnd ?? isUnigram
    return try vocabulary.parts(subject: subject)
  }

  /// BERT's words begin with a mark here, and continuations stand bare.
  private func wordPiece(_ subject: String) throws(TokenizerError) -> TokenizerParts {
    var vocabulary = Vocabulary(expected: tokens.count)
    let mark = Array("▁".utf8)
    var added: [AddedToken] = []
    for (id, token) in tokens.enumerated() {
      let kind = try kind(id, subject)
      var text = token
      if token.utf8.starts(with: mark) {
        text = String(decoding: token.utf8.dropFirst(mark.count), as: UTF8.self)
      } else if kind == .normal && !(token.hasPrefix("[") && token.hasSuffix("]")) {
        text = "##" + token
      } else if !token.isEmpty {
        added.append(AddedToken(id: Int32(id), content: token))
      }
      try vocabulary.add(text, id: id, subject: subject)
    }
    guard let unknown = try checked(unknownID, subject) ?? vocabulary.id("[UNK]") else {
      throw TokenizerError.missing("[UNK]", subject)
    }
    let model = WordPiece(
      vocabulary: vocabulary,
      unknownID: unknown,
      continuationPrefix: "##",
      maximumWordLength: 100
    )
    var parts = TokenizerParts(vocabulary: vocabulary, model: .wordPiece(model))
    parts.added = added
    parts.normalizers = [
      .bert(
        BertNormalizer(
          cleansText: true,
          spacesIdeographs: true,
          stripsAccents: true,
          lowercases: true
        )
      )
    ]
    parts.preTokenizers = [.bert]
    parts.decoder = TokenDecoder([.wordPiece(WordPieceDecoder(prefix: "##", cleansUp: true))])
    parts.specialTokens.unknown = unknown
    parts.specialTokens.classification =
      try checked(classificationID ?? beginningID, subject) ?? vocabulary.id("[CLS]")
    parts.specialTokens.separator =
      try checked(separatorID ?? endID, subject) ?? vocabulary.id("[SEP]")
    if let id = parts.specialTokens.classification { parts.template.prefix = [id] }
    if let id = parts.specialTokens.separator { parts.template.suffix = [id] }
    return parts
  }

  private func addFrame(
    to parts: inout TokenizerParts,
    beginning: Bool,
    _ subject: String
  ) throws(TokenizerError) {
    if beginning {
      guard let id = parts.specialTokens.beginning else {
        throw malformed("A beginning is to be added, and none is named.", subject)
      }
      parts.template.prefix = [id]
    }
    if addsEnd ?? false {
      guard let id = parts.specialTokens.end else {
        throw malformed("An end is to be added, and none is named.", subject)
      }
      parts.template.suffix = [id]
    }
  }

  private func kind(
    _ id: Int,
    _ subject: String
  ) throws(TokenizerError) -> SentencePieceVocabulary.Kind {
    guard !tokenTypes.isEmpty else { return .normal }
    guard let kind = SentencePieceVocabulary.Kind(rawValue: Int(tokenTypes[id])) else {
      throw malformed("Token \(id) has the unknown type \(tokenTypes[id]).", subject)
    }
    return kind
  }

  private func checked(_ id: Int?, _ subject: String) throws(TokenizerError) -> Int32? {
    guard let id else { return nil }
    guard tokens.indices.contains(id) else {
      throw malformed("The id \(id) of a special token is not in the vocabulary.", subject)
    }
    return Int32(id)
  }

  func malformed(_ message: String, _ subject: String) -> TokenizerError {
    TokenizerError(.malformedFile, message, subject: subject, remedy: "Get the model again.")
  }
}
