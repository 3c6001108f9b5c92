/// A `vocab.txt`: one token a line, its id the number of the line from 0.
enum VocabularyFile {
  /// The parts of a BERT tokenizer with this vocabulary.
  static func parts(
    _ bytes: [UInt8],
    settings: TokenizerSettings,
    name: String
  ) throws(TokenizerError) -> TokenizerParts {
    let vocabulary = try read(bytes, name: name)
    func spelling(_ key: String, _ usual: String) -> String { settings.token(key) ?? usual }
    func id(_ token: String) throws(TokenizerError) -> Int32 {
      guard let id = vocabulary.id(token) else { throw TokenizerError.missing(token, name) }
      return id
    }
    let unknown = spelling("unk_token", "[UNK]")
    let classification = spelling("cls_token", "[CLS]")
    let separator = spelling("sep_token", "[SEP]")
    let lowercases = settings["do_lower_case"]?.bool ?? true
    let unknownID = try id(unknown)
    let model = WordPiece(
      vocabulary: vocabulary,
      unknownID: unknownID,
      continuationPrefix: "##",
      maximumWordLength: 100
    )
    var parts = TokenizerParts(vocabulary: vocabulary, model: .wordPiece(model))
    let names = [
      spelling("pad_token", "[PAD]"), unknown, classification, separator,
      spelling("mask_token", "[MASK]"),
    ]
    parts.added = names.compactMap { name in
      vocabulary.id(name).map { AddedToken(id: $0, content: name) }
    }
    parts.normalizers = [
      .bert(
        BertNormalizer(
          cleansText: true,
          spacesIdeographs: settings["tokenize_chinese_chars"]?.bool ?? true,
          stripsAccents: settings["strip_accents"]?.bool ?? lowercases,
          lowercases: lowercases
        )
      )
    ]
    parts.preTokenizers = [.bert]
    parts.template.prefix = [try id(classification)]
    parts.template.suffix = [try id(separator)]
    parts.decoder = TokenDecoder([.wordPiece(WordPieceDecoder(prefix: "##", cleansUp: true))])
    parts.specialTokens = settings.specialTokens(in: vocabulary, unknown: unknownID)
    return parts
  }

  private static func read(_ bytes: [UInt8], name: String) throws(TokenizerError) -> Vocabulary {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var vocabulary = Vocabulary(expected: lines.count)
    for (id, line) in lines.enumerated() {
      let content = line.last == 0x0D ? line.dropLast() : line
      guard let token = String(validating: content, as: UTF8.self) else {
        throw TokenizerError(
          .malformedFile,
          "Line \(id + 1) of the vocabulary is not valid UTF-8.",
          subject: name,
          remedy: "Get the model again."
        )
      }
      try vocabulary.add(token, id: id, subject: name)
    }
    return vocabulary
  }
}
