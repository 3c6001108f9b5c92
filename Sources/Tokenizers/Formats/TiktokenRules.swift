/// What a file of tiktoken ranks does not say: how text is split, and which special tokens there
/// are.
public struct TiktokenRules: Sendable {
  /// A token that is not in the ranks.
  public struct AddedToken: Sendable, Equatable {
    /// How it is written.
    public var content: String
    /// Its id, behind the ranks.
    public var id: Int32
    /// Whether it stands for no text.
    public var isSpecial: Bool

    /// Names a token.
    public init(_ content: String, id: Int32, isSpecial: Bool = true) {
      self.content = content
      self.id = id
      self.isSpecial = isSpecial
    }
  }

  /// The regular expression that words match.
  public var pattern: String
  /// Whether text is composed (NFC) first.
  public var composesText: Bool
  /// The tokens that are not in the ranks.
  public var addedTokens: [AddedToken]
  /// The token that begins what the model reads, if there is one.
  public var beginning: String?
  /// The token that ends what the model writes.
  public var end: String?
  /// Whether the beginning goes in front of a text when special tokens are wanted.
  public var addsBeginning: Bool

  /// States rules of one's own.
  ///
  /// - Parameters:
  ///   - pattern: the regular expression that words match.
  ///   - composesText: whether text is composed (NFC) first.
  ///   - addedTokens: the tokens that are not in the ranks.
  ///   - beginning: the token that begins what the model reads.
  ///   - end: the token that ends what the model writes.
  ///   - addsBeginning: whether the beginning goes in front of a text.
  public init(
    pattern: String,
    composesText: Bool = false,
    addedTokens: [AddedToken] = [],
    beginning: String? = nil,
    end: String? = nil,
    addsBeginning: Bool = false
  ) {
    self.pattern = pattern
    self.composesText = composesText
    self.addedTokens = addedTokens
    self.beginning = beginning
    self.end = end
    self.addsBeginning = addsBeginning
  }

  /// GPT-2 (https://github.com/openai/gpt-2).
  public static let gpt2 = Self(
    pattern: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
    addedTokens: [AddedToken("<|endoftext|>", id: 50_256)],
    end: "<|endoftext|>"
  )

  /// GPT-3.5 and GPT-4 (https://github.com/openai/tiktoken).
  public static let cl100k = Self(
    pattern: Self.contractions
      + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
    addedTokens: [
      AddedToken("<|endoftext|>", id: 100_257), AddedToken("<|fim_prefix|>", id: 100_258),
      AddedToken("<|fim_middle|>", id: 100_259), AddedToken("<|fim_suffix|>", id: 100_260),
      AddedToken("<|endofprompt|>", id: 100_276),
    ],
    end: "<|endoftext|>"
  )

  /// GPT-4o, and with tokens of its own Phi-4-mini (https://github.com/openai/tiktoken).
  public static let o200k = Self(
    pattern: [
      #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
        + Self.contractions + "?",
      #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
        + Self.contractions + "?",
      #"\p{N}{1,3}"#, #" ?[^\s\p{L}\p{N}]+[\r\n/]*"#, #"\s*[\r\n]+"#, #"\s+(?!\S)"#, #"\s+"#,
    ].joined(separator: "|"),
    addedTokens: [
      AddedToken("<|endoftext|>", id: 199_999), AddedToken("<|endofprompt|>", id: 200_018),
    ],
    end: "<|endoftext|>"
  )

  /// Llama 3.1 and later (https://github.com/meta-llama/llama-models).
  public static let llama3 = Self(
    pattern: Self.cl100k.pattern,
    addedTokens: Self.llama3Tokens.enumerated().map { offset, content in
      AddedToken(content, id: 128_000 + Int32(offset))
    },
    beginning: "<|begin_of_text|>",
    end: "<|end_of_text|>",
    addsBeginning: true
  )

  /// Qwen2 and Qwen2.5 (https://github.com/QwenLM/Qwen2.5).
  public static let qwen2 = Self(
    pattern: Self.contractions
      + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
    composesText: true,
    addedTokens: Self.qwen2Tokens.enumerated().map { offset, content in
      // Behind the tokens for pictures come some that models do write.
      AddedToken(content, id: 151_643 + Int32(offset), isSpecial: offset < 14)
    },
    end: "<|im_end|>"
  )

  private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"

  private static let llama3Tokens =
    [
      "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>",
      "<|reserved_special_token_1|>", "<|finetune_right_pad_id|>", "<|step_id|>",
      "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|python_tag|>",
    ] + (2...246).map { "<|reserved_special_token_\($0)|>" }

  private static let qwen2Tokens = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>",
    "<|box_start|>", "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>",
    "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>", "<tool_call>",
    "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>",
    "<|repo_name|>", "<|file_sep|>",
  ]
}
