public import Foundation

extension Tokenizer {
  /// Reads the tokenizer of a model folder; the same as `init(contentsOf:)`.
  ///
  /// - Parameter folder: the folder of the model.
  /// - Returns: the tokenizer.
  /// - Throws: `TokenizerError` if files are absent, damaged, or ask for something unsupported.
  public static func load(folder: URL) throws(TokenizerError) -> Tokenizer {
    try Tokenizer(contentsOf: folder)
  }

  /// Reads a tokenizer from a model folder or from one of its files.
  ///
  /// Of a folder, the first of these is read that is there: `tokenizer.json`; `vocab.txt`;
  /// `vocab.json` with `merges.txt`; `tokenizer.model`, which may be a SentencePiece model or
  /// tiktoken ranks; a file that ends in `.tiktoken`. A `tokenizer_config.json` beside it tells the
  /// special tokens.
  ///
  /// - Parameter url: the folder, or the file.
  /// - Throws: `TokenizerError` if files are absent, damaged, or ask for something unsupported.
  public init(contentsOf url: URL) throws(TokenizerError) {
    let file = try TokenizerFolder.file(at: url)
    let settings = try TokenizerFolder.settings(beside: file)
    let bytes = try TokenizerFolder.read(file)
    let name = file.lastPathComponent
    if name == "vocab.txt" {
      self = Tokenizer(try VocabularyFile.parts(bytes, settings: settings, name: file.path))
    } else if name == "vocab.json" || name == "merges.txt" {
      let folder = file.deletingLastPathComponent()
      self = Tokenizer(
        try MergesFile.parts(
          vocabulary: TokenizerFolder.read(folder.appendingPathComponent("vocab.json")),
          merges: TokenizerFolder.read(folder.appendingPathComponent("merges.txt")),
          settings: settings,
          name: file.path
        )
      )
    } else if name.hasSuffix(".json") {
      self = Tokenizer(try TokenizerFile(bytes, name: file.path).parts(settings: settings))
    } else if TiktokenFile.isLikely(bytes) {
      let rules = try TiktokenRules.known(for: bytes, settings: settings, subject: file.path)
      self = Tokenizer(try TiktokenFile.parts(bytes, rules: rules, subject: file.path))
    } else {
      let vocabulary = try SentencePieceFile.read(bytes, subject: file.path)
      self = Tokenizer(try settings.completing(vocabulary).parts(subject: file.path))
    }
  }

  /// Makes a tokenizer from the metadata of a GGUF file.
  ///
  /// - Parameters:
  ///   - ggufVocabulary: the metadata.
  ///   - subject: what errors name, such as the path of the file.
  /// - Throws: `TokenizerError` if the metadata contradict themselves or ask for something
  ///   unsupported.
  public init(
    ggufVocabulary: GGUFVocabulary,
    subject: String = "GGUF vocabulary"
  ) throws(TokenizerError) {
    self = Tokenizer(try ggufVocabulary.parts(subject: subject))
  }

  /// Makes a tokenizer from tiktoken ranks.
  ///
  /// - Parameters:
  ///   - tiktokenRanks: the content of the file: in each line a token in base 64 and its rank.
  ///   - rules: what the file does not say.
  ///   - subject: what errors name, such as the path of the file.
  /// - Throws: `TokenizerError` if the ranks are damaged or do not go with the rules.
  public init(
    tiktokenRanks: Data,
    rules: TiktokenRules,
    subject: String = "tiktoken ranks"
  ) throws(TokenizerError) {
    self = Tokenizer(
      try TiktokenFile.parts([UInt8](tiktokenRanks), rules: rules, subject: subject)
    )
  }
}
