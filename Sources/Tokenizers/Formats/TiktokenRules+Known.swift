extension TiktokenRules {
  /// The published rules that go with so many ranks, with the added tokens of
  /// `tokenizer_config.json` where it lists some.
  static func known(
    for bytes: [UInt8],
    settings: TokenizerSettings,
    subject: String
  ) throws(TokenizerError) -> Self {
    let count = bytes.split(separator: 0x0A).count
    let all: [Int: Self] = [
      50_256: .gpt2, 100_256: .cl100k, 128_000: .llama3, 151_643: .qwen2, 199_998: .o200k,
    ]
    guard var rules = all[count] else {
      throw TokenizerError(
        .unsupportedConstruct,
        "No rules are known that go with \(count) tiktoken ranks.",
        subject: subject,
        remedy: "Supported: the ranks of GPT-2, cl100k, o200k, Llama 3 and Qwen2."
      )
    }
    let added = settings.addedTokens().filter { Int($0.id) >= count }
    if !added.isEmpty {
      rules.addedTokens = added.map {
        AddedToken($0.content, id: $0.id, isSpecial: $0.isSpecial)
      }
      rules.beginning = settings.token("bos_token")
      rules.end = settings.token("eos_token")
    }
    return rules
  }
}
