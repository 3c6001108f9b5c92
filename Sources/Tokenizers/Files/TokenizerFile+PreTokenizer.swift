extension TokenizerFile {
  /// The steps that form words, and whether the last takes words apart into bytes.
  func preTokenizers() throws(TokenizerError) -> (steps: [PreTokenizer], isByteLevel: Bool) {
    guard let (type, value) = try component("pre_tokenizer") else { return ([], false) }
    var steps: [PreTokenizer] = []
    var isByteLevel = false
    try add(type, value, to: &steps, &isByteLevel, depth: 0)
    return (steps, isByteLevel)
  }

  private func add(
    _ type: String,
    _ value: JSONValue,
    to steps: inout [PreTokenizer],
    _ isByteLevel: inout Bool,
    depth: Int
  ) throws(TokenizerError) {
    if type == "Sequence" {
      for (type, value) in try sequence("pretokenizers", of: value, depth: depth) {
        try add(type, value, to: &steps, &isByteLevel, depth: depth + 1)
      }
      return
    }
    guard !isByteLevel else {
      throw unsupported("the pre-tokenizer \(type) after ByteLevel", supported: "ByteLevel last")
    }
    if type == "ByteLevel" {
      isByteLevel = true
      if try field("add_prefix_space", of: value, \.bool) ?? true { steps.append(.prefixBlank) }
      if try field("use_regex", of: value, \.bool) ?? true {
        steps.append(.split(try known(.gpt2), .isolated, isInverted: false))
      }
      return
    }
    steps.append(try step(type, value))
  }

  private func known(_ rules: TiktokenRules) throws(TokenizerError) -> SplitPattern {
    do { return try SplitPattern(rules.pattern) } catch { throw malformed(error.message) }
  }

  private func step(_ type: String, _ value: JSONValue) throws(TokenizerError) -> PreTokenizer {
    switch type {
    case "BertPreTokenizer": return .bert
    case "Split":
      return .split(
        try pattern(of: value),
        try behavior(of: value, or: .isolated),
        isInverted: try field("invert", of: value, \.bool) ?? false
      )
    case "Digits":
      return .digits(individually: try field("individual_digits", of: value, \.bool) ?? false)
    case "Punctuation": return .punctuation(try behavior(of: value, or: .isolated))
    case "WhitespaceSplit": return .whitespace
    case "Whitespace": return .wordRuns
    case "Metaspace":
      let usual = try field("add_prefix_space", of: value, \.bool) ?? true
      let scheme = try field("prepend_scheme", of: value, \.string)
      guard
        let prepending = PreTokenizer.Prepending(rawValue: scheme ?? (usual ? "always" : "never"))
      else { throw malformed("Metaspace has an unknown prepend_scheme.") }
      return .metaspace(
        Array((try field("replacement", of: value, \.string) ?? "▁").utf8),
        prepending,
        splits: try field("split", of: value, \.bool) ?? true
      )
    default:
      throw unsupported(
        "the pre-tokenizer \(type)",
        supported: "BertPreTokenizer, ByteLevel, Digits, Metaspace, Punctuation, Sequence, Split, "
          + "Whitespace, WhitespaceSplit"
      )
    }
  }

  private func behavior(
    of value: JSONValue,
    or usual: SplitBehavior
  ) throws(TokenizerError) -> SplitBehavior {
    guard let name = try field("behavior", of: value, \.string) else { return usual }
    guard let behavior = SplitBehavior(rawValue: name) else {
      throw malformed("A component has the unknown behavior \(name).")
    }
    return behavior
  }
}
