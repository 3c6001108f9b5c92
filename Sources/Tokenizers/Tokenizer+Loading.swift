public import Foundation

extension Tokenizer {
  /// The largest file that is read, in bytes.
  private static let largestFile = 256 << 20

  /// Reads the tokenizer of a model folder: `tokenizer.json`, or else `vocab.txt` with
  /// `tokenizer_config.json` beside it if there is one.
  ///
  /// - Parameter folder: the folder of the model.
  /// - Returns: the tokenizer.
  /// - Throws: `TokenizerError` if files are absent, damaged, or ask for something unsupported.
  public static func load(folder: URL) throws(TokenizerError) -> Tokenizer {
    let files = FileManager.default
    let tokenizer = folder.appendingPathComponent("tokenizer.json")
    let configuration = folder.appendingPathComponent("tokenizer_config.json")
    let settings =
      files.fileExists(atPath: configuration.path)
      ? try TokenizerFile(read(configuration), name: configuration.path).root : .object([])
    if files.fileExists(atPath: tokenizer.path) {
      let file = try TokenizerFile(read(tokenizer), name: tokenizer.path)
      return try Tokenizer(file, settings: settings)
    }
    let vocabulary = folder.appendingPathComponent("vocab.txt")
    if files.fileExists(atPath: vocabulary.path) {
      return try Tokenizer(
        vocabulary: VocabularyFile.read(read(vocabulary), name: vocabulary.path),
        settings: settings,
        subject: vocabulary.path
      )
    }
    throw TokenizerError(
      .missingFile,
      "The folder holds neither tokenizer.json nor vocab.txt.",
      subject: folder.path,
      remedy: "Name the folder that holds the files of the model."
    )
  }

  private static func read(_ file: URL) throws(TokenizerError) -> [UInt8] {
    do {
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      if size <= largestFile { return [UInt8](try Data(contentsOf: file)) }
    } catch {
      throw TokenizerError(
        .unreadableFile,
        "The file cannot be read.",
        subject: file.path,
        cause: error.localizedDescription,
        remedy: "Check that it is a file you may read."
      )
    }
    throw TokenizerError(
      .malformedFile,
      "The file is larger than any tokenizer.",
      subject: file.path,
      remedy: "Get the model again."
    )
  }

  private init(_ file: TokenizerFile, settings: JSONValue) throws(TokenizerError) {
    let normalizer = try file.normalizer()
    try file.checkPreTokenizer()
    let model = try file.model()
    var vocabulary = model.vocabulary
    var added = try file.addedTokens()
    for index in added.indices {
      // Where the two disagree, the model's vocabulary decides.
      if let id = vocabulary.id(added[index].content) {
        added[index].id = id
      } else {
        let token = added[index]
        try vocabulary.add(token.content, id: Int(token.id), subject: file.name)
      }
    }
    try self.init(
      model,
      vocabulary: vocabulary,
      added: added,
      normalizer: normalizer,
      template: file.template(vocabulary),
      decoder: file.decoder(),
      settings: settings,
      subject: file.name
    )
  }

  private init(
    vocabulary: Vocabulary,
    settings: JSONValue,
    subject: String
  ) throws(TokenizerError) {
    let names = SpecialTokenNames(settings)
    let lowercases = settings["do_lower_case"]?.bool ?? true
    var template = SpecialTokenTemplate(prefix: [], suffix: [])
    for (name, isPrefix) in [(names.classification, true), (names.separator, false)] {
      guard let id = vocabulary.id(name) else {
        throw Self.missing(name, subject)
      }
      if isPrefix { template.prefix = [id] } else { template.suffix = [id] }
    }
    let model = TokenizerFile.ModelEntry(
      vocabulary: vocabulary,
      unknownToken: names.unknown,
      continuationPrefix: "##",
      maximumWordLength: 100
    )
    try self.init(
      model,
      vocabulary: vocabulary,
      added: names.all.compactMap { name in
        vocabulary.id(name).map { AddedToken(id: $0, content: name) }
      },
      normalizer: BertNormalizer(
        cleansText: true,
        spacesIdeographs: settings["tokenize_chinese_chars"]?.bool ?? true,
        stripsAccents: settings["strip_accents"]?.bool ?? lowercases,
        lowercases: lowercases
      ),
      template: template,
      decoder: WordPieceDecoder(prefix: "##", cleansUp: true),
      settings: settings,
      subject: subject
    )
  }

  private init(
    _ model: TokenizerFile.ModelEntry,
    vocabulary: Vocabulary,
    added: [AddedToken],
    normalizer: BertNormalizer?,
    template: SpecialTokenTemplate,
    decoder: WordPieceDecoder?,
    settings: JSONValue,
    subject: String
  ) throws(TokenizerError) {
    guard let unknownID = model.vocabulary.id(model.unknownToken) else {
      throw Self.missing(model.unknownToken, subject)
    }
    var vocabulary = vocabulary
    for token in added where token.isSpecial { vocabulary.markSpecial(token.id) }
    let normalized = added.filter(\.isNormalized).map { token in
      let content = Array(token.content.utf8)
      guard let normalizer else { return (token: token, bytes: content) }
      var text = NormalizedText()
      _ = normalizer.normalize(content, content.indices, into: &text)
      return (token: token, bytes: text.bytes)
    }
    // The reference shows such a token as it looks for it.
    for (token, bytes) in normalized {
      vocabulary.respell(token.id, as: String(decoding: bytes, as: UTF8.self))
    }
    let names = SpecialTokenNames(settings)
    self.vocabulary = vocabulary
    self.normalizer = normalizer
    self.template = template
    self.decoder = decoder
    self.model = WordPiece(
      vocabulary: model.vocabulary,
      unknownID: unknownID,
      continuationPrefix: model.continuationPrefix,
      maximumWordLength: model.maximumWordLength
    )
    originalMatcher = AddedTokenMatcher(
      added.filter { !$0.isNormalized }.map { ($0, Array($0.content.utf8)) }
    )
    normalizedMatcher = AddedTokenMatcher(normalized)
    specialTokens = SpecialTokens(
      unknown: unknownID,
      classification: vocabulary.id(names.classification),
      separator: vocabulary.id(names.separator),
      padding: vocabulary.id(names.padding),
      mask: vocabulary.id(names.mask)
    )
  }

  private static func missing(_ token: String, _ subject: String) -> TokenizerError {
    TokenizerError(
      .invalidVocabulary,
      "The vocabulary has no token \(token).",
      subject: subject,
      remedy: "Get the model again, or name the token in tokenizer_config.json."
    )
  }
}
