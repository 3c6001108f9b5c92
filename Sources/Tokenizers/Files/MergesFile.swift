/// A byte-level vocabulary as `vocab.json` and `merges.txt`, the files of GPT-2, RoBERTa and Qwen2.
enum MergesFile {
  static func parts(
    vocabulary vocabularyBytes: [UInt8],
    merges mergesBytes: [UInt8],
    settings: TokenizerSettings,
    name: String
  ) throws(TokenizerError) -> TokenizerParts {
    let file = try TokenizerFile(vocabularyBytes, name: name)
    let entries = file.root.object ?? []
    var vocabulary = Vocabulary(expected: entries.count)
    for (token, id) in entries {
      guard let id = id.integer else {
        throw file.malformed("The id of a token is no whole number.")
      }
      try vocabulary.add(token, id: id, subject: name)
    }
    var merges: [(left: String, right: String)] = []
    for (number, line) in mergesBytes.split(separator: 0x0A).enumerated() {
      let content = line.last == 0x0D ? line.dropLast() : line
      if number == 0, content.starts(with: "#version".utf8) { continue }
      guard let text = String(validating: content, as: UTF8.self),
        let merge = BytePairEncoding.merge(text)
      else { throw file.malformed("Line \(number + 1) of the merges is not two tokens.") }
      merges.append(merge)
    }
    let model = try BytePairEncoding(
      vocabulary: vocabulary,
      merges: merges,
      isByteLevel: true,
      subject: name
    )
    var parts = TokenizerParts(vocabulary: vocabulary, model: .bytePair(model))
    let type = settings["tokenizer_class"]?.string ?? ""
    let rules: TiktokenRules = type.contains("Qwen2") ? .qwen2 : .gpt2
    if rules.composesText {
      parts.normalizers = [.unicode(UnicodeNormalizer(isCompatible: false, composes: true))]
    }
    if settings["add_prefix_space"]?.bool ?? false { parts.preTokenizers.append(.prefixBlank) }
    parts.preTokenizers.append(
      .split(try TiktokenFile.pattern(rules.pattern, name), .isolated, isInverted: false)
    )
    parts.decoder = .byteLevel
    try addTokens(to: &parts, settings, name)
    if type.contains("Roberta") { try addFrame(to: &parts, settings, name) }
    return parts
  }

  private static func addTokens(
    to parts: inout TokenizerParts,
    _ settings: TokenizerSettings,
    _ name: String
  ) throws(TokenizerError) {
    var added = settings.addedTokens()
    let known = ["<|endoftext|>", "<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    for content in known where !added.contains(where: { $0.content == content }) {
      guard let id = parts.vocabulary.id(content) else { continue }
      added.append(AddedToken(id: id, content: content, stripsLeft: content == "<mask>"))
    }
    for index in added.indices {
      if let id = parts.vocabulary.id(added[index].content) {
        added[index].id = id
      } else {
        let token = added[index]
        try parts.vocabulary.add(token.content, id: Int(token.id), subject: name)
      }
    }
    parts.added = added
    parts.specialTokens = settings.specialTokens(in: parts.vocabulary, unknown: nil)
  }

  private static func addFrame(
    to parts: inout TokenizerParts,
    _ settings: TokenizerSettings,
    _ name: String
  ) throws(TokenizerError) {
    let first = settings.token("cls_token") ?? "<s>"
    let last = settings.token("sep_token") ?? "</s>"
    guard let begin = parts.vocabulary.id(first) else {
      throw TokenizerError.missing(first, name)
    }
    guard let end = parts.vocabulary.id(last) else { throw TokenizerError.missing(last, name) }
    parts.template = SpecialTokenTemplate(
      prefix: [begin],
      suffix: [end],
      trimming: OffsetTrimming(hasPrefixBlank: false)
    )
  }
}
