/// The vocabulary of a GGUF file, as its metadata `tokenizer.ggml.*` holds it.
///
/// Whoever reads the file fills it in; `Tokenizer(ggufVocabulary:)` checks it. Source:
/// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
public struct GGUFVocabulary: Sendable {
  /// `tokenizer.ggml.model`: `llama`, `gpt2`, `bert` or `t5`.
  public var model: String
  /// `tokenizer.ggml.pre`: how text is split, for `gpt2`.
  public var pre: String?
  /// `tokenizer.ggml.tokens`.
  public var tokens: [String]
  /// `tokenizer.ggml.scores`, one for each token, for `llama` and `t5`.
  public var scores: [Float] = []
  /// `tokenizer.ggml.token_type`, one for each token; all normal where it is absent.
  public var tokenTypes: [Int32] = []
  /// `tokenizer.ggml.merges`, for `gpt2`.
  public var merges: [String] = []
  /// `tokenizer.ggml.bos_token_id`.
  public var beginningID: Int?
  /// `tokenizer.ggml.eos_token_id`.
  public var endID: Int?
  /// `tokenizer.ggml.unknown_token_id`.
  public var unknownID: Int?
  /// `tokenizer.ggml.padding_token_id`.
  public var paddingID: Int?
  /// `tokenizer.ggml.seperator_token_id`, spelled so.
  public var separatorID: Int?
  /// `tokenizer.ggml.cls_token_id`.
  public var classificationID: Int?
  /// `tokenizer.ggml.mask_token_id`.
  public var maskID: Int?
  /// `tokenizer.ggml.add_bos_token`.
  public var addsBeginning: Bool?
  /// `tokenizer.ggml.add_eos_token`.
  public var addsEnd: Bool?
  /// `tokenizer.ggml.add_space_prefix`.
  public var addsSpacePrefix: Bool?
  /// `tokenizer.ggml.remove_extra_whitespaces`.
  public var removesExtraWhitespaces: Bool?
  /// `tokenizer.ggml.precompiled_charsmap`.
  public var precompiledCharacterMap: [UInt8] = []

  /// Begins with what every vocabulary has; the rest is set after.
  ///
  /// - Parameters:
  ///   - model: `llama`, `gpt2`, `bert` or `t5`.
  ///   - tokens: the tokens in the order of their ids.
  public init(model: String, tokens: [String]) {
    self.model = model
    self.tokens = tokens
  }
}
