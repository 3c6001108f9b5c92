extension GGUFVocabulary {
  /// How a byte-level vocabulary is used, which its name in `tokenizer.ggml.pre` stands for.
  struct Rules {
    var steps: [PreTokenizer] = []
    var normalizers: [Normalizer] = []
    var prefersWholeWords = false
    var addsBeginning = false
  }

  /// Source: `llm_tokenizer_bpe` and `llama_vocab::impl::load` of
  /// https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp.
  func rules(_ subject: String) throws(TokenizerError) -> Rules {
    var rules = Rules()
    func isolated(_ pattern: String) throws(TokenizerError) -> PreTokenizer {
      .split(try TiktokenFile.pattern(pattern, subject), .isolated, isInverted: false)
    }
    switch pre ?? "default" {
    case "gpt-2", "phi-2", "jina-es", "jina-de", "roberta-bpe", "mpt", "olmo", "jais":
      rules.steps = [try isolated(TiktokenRules.gpt2.pattern)]
    case "llama3", "llama-v3", "llama-bpe", "falcon3":
      rules.steps = [try isolated(TiktokenRules.llama3.pattern)]
      rules.prefersWholeWords = true
      rules.addsBeginning = true
    case "dbrx", "smaug-bpe", "chatglm-bpe":
      rules.steps = [try isolated(TiktokenRules.cl100k.pattern)]
    case "qwen2", "deepseek-r1-qwen", "stablelm2", "megrez":
      rules.steps = [try isolated(TiktokenRules.qwen2.pattern)]
      rules.normalizers = [.unicode(UnicodeNormalizer(isCompatible: false, composes: true))]
    case "gpt-4o", "llama4":
      rules.steps = [try isolated(TiktokenRules.o200k.pattern)]
    case "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone":
      rules.steps = [.digits(individually: true), try isolated(TiktokenRules.gpt2.pattern)]
    default:
      throw TokenizerError(
        .unsupportedConstruct,
        "The vocabulary splits text by the rules \(pre ?? "default"), which are not supported.",
        subject: subject,
        remedy: "Supported: gpt-2, llama-bpe, qwen2, gpt-4o, smollm, starcoder, refact, "
          + "command-r and their equals. Use the model's Hugging Face folder instead."
      )
    }
    return rules
  }
}
