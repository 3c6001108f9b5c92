/// What a SentencePiece model holds, from its own file or from a GGUF file.
struct SentencePieceVocabulary {
  /// The kinds of pieces, numbered as in both files.
  enum Kind: Int {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  struct Piece {
    var text: String
    var score: Float
    var kind: Kind
  }

  var pieces: [Piece] = []
  var isUnigram = false
  var characterMap: [UInt8] = []
  var addsPrefix = true
  var removesExtraBlanks = false
  var unknownID: Int?
  var beginningID: Int?
  var endID: Int?
  var paddingID: Int?
  var addsBeginning = false
  var addsEnd = false

  func parts(subject: String) throws(TokenizerError) -> TokenizerParts {
    var vocabulary = Vocabulary(expected: pieces.count)
    var table = ByteStringTable(expected: pieces.count)
    var added: [AddedToken] = []
    for (id, piece) in pieces.enumerated() {
      try vocabulary.add(piece.text, id: id, subject: subject)
      guard piece.score.isFinite else {
        throw malformed("The score of piece \(id) is no number.", subject)
      }
      switch piece.kind {
      case .normal: table.insert(piece.text.utf8, id: Int32(id))
      case .userDefined:
        added.append(AddedToken(id: Int32(id), content: piece.text, isSpecial: false))
      case .control, .unknown:
        added.append(AddedToken(id: Int32(id), content: piece.text))
      case .unused, .byte: break
      }
    }
    let unknown = try checked(unknownID, subject)
    let byteIDs = pieces.contains { $0.kind == .byte } ? vocabulary.fallbackIDs() : nil
    var parts = TokenizerParts(
      vocabulary: vocabulary,
      model: try model(table, vocabulary, unknown, byteIDs, subject)
    )
    parts.added = added.filter { !$0.content.isEmpty }
    parts.normalizers = try normalizers(subject)
    parts.decoder = try decoder(subject)
    parts.specialTokens.unknown = unknown
    parts.specialTokens.beginning = try checked(beginningID, subject)
    parts.specialTokens.end = try checked(endID, subject)
    parts.specialTokens.padding = try checked(paddingID, subject)
    if addsBeginning, let id = parts.specialTokens.beginning { parts.template.prefix = [id] }
    if addsEnd, let id = parts.specialTokens.end { parts.template.suffix = [id] }
    return parts
  }

  private func model(
    _ table: ByteStringTable,
    _ vocabulary: Vocabulary,
    _ unknownID: Int32?,
    _ byteIDs: [Int32]?,
    _ subject: String
  ) throws(TokenizerError) -> TokenModel {
    if isUnigram {
      guard let unknownID else { throw malformed("The model has no unknown token.", subject) }
      return .unigram(
        Unigram(
          table: table,
          scores: pieces.map { Double($0.score) },
          unknownID: unknownID,
          byteIDs: byteIDs,
          isSinglePrecision: true
        )
      )
    }
    // The higher a score, the sooner two symbols merge to the piece; equal scores are equal.
    let order = pieces.indices.sorted { pieces[$0].score > pieces[$1].score }
    var ranks = [UInt32](repeating: 0, count: pieces.count)
    var rank: UInt32 = 0
    var last: Float?
    for id in order {
      if let last, pieces[id].score != last { rank += 1 }
      last = pieces[id].score
      ranks[id] = rank
    }
    return .bytePair(
      BytePairEncoding(
        table: table,
        ranks: ranks,
        symbols: .scalars,
        byteIDs: byteIDs,
        unknownID: unknownID,
        fusesUnknown: true,
        prefersWholeWords: false,
        boundary: vocabulary.boundary("▁")
      )
    )
  }

  private func normalizers(_ subject: String) throws(TokenizerError) -> [Normalizer] {
    var steps: [Normalizer] = []
    if !characterMap.isEmpty {
      guard let map = PrecompiledCharacterMap(characterMap, lookup: .longestPrefix) else {
        throw malformed("The character map is damaged.", subject)
      }
      steps.append(.characterMap(map))
    }
    if removesExtraBlanks { steps.append(.collapseBlanks) }
    if addsPrefix { steps.append(.prepend([0x20])) }
    steps.append(.replaceLiteral([0x20], content: Array("▁".utf8)))
    return steps
  }

  private func decoder(_ subject: String) throws(TokenizerError) -> TokenDecoder {
    do {
      var steps: [DecodingStep] = [
        .replace(try SplitPattern(literal: "▁"), with: " "), .byteFallback, .fuse,
      ]
      if addsPrefix { steps.append(.strip(" ", start: 1, stop: 0)) }
      return TokenDecoder(steps, pieceMark: "▁")
    } catch {
      throw malformed(error.message, subject)
    }
  }

  private func checked(_ id: Int?, _ subject: String) throws(TokenizerError) -> Int32? {
    guard let id else { return nil }
    guard pieces.indices.contains(id) else {
      throw malformed("The id \(id) of a special token is not in the vocabulary.", subject)
    }
    return Int32(id)
  }

  private func malformed(_ message: String, _ subject: String) -> TokenizerError {
    TokenizerError(.malformedFile, message, subject: subject, remedy: "Get the model again.")
  }
}
