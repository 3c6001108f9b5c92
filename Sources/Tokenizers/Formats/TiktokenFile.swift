import Foundation

/// A file of tiktoken ranks: in each line the bytes of a token in base 64, and its rank, which is
/// its id.
///
/// Source: `load_tiktoken_bpe` of https://github.com/openai/tiktoken.
enum TiktokenFile {
  /// Whether bytes look like ranks.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    guard let line = bytes.prefix(4_096).split(separator: 0x0A).first else { return false }
    let parts = line.split(separator: 0x20)
    return parts.count == 2 && Data(base64Encoded: Data(parts[0])) != nil
      && parts[1].allSatisfy { (0x30...0x39).contains($0) || $0 == 0x0D }
  }

  static func parts(
    _ bytes: [UInt8],
    rules: TiktokenRules,
    subject: String
  ) throws(TokenizerError) -> TokenizerParts {
    let lines = bytes.split(separator: 0x0A)
    var vocabulary = Vocabulary(expected: lines.count + rules.addedTokens.count)
    var table = ByteStringTable(expected: lines.count)
    var ranks: [UInt32] = []
    ranks.reserveCapacity(lines.count)
    for (number, line) in lines.enumerated() {
      let parts = line.split { $0 == 0x20 || $0 == 0x0D }
      guard parts.count == 2, let token = Data(base64Encoded: Data(parts[0])), !token.isEmpty,
        let rank = Int(String(decoding: parts[1], as: UTF8.self))
      else { throw malformed("Line \(number + 1) is not a token with its rank.", subject) }
      try vocabulary.add(ByteAlphabet.spelling(of: token), id: rank, subject: subject)
      table.insert(token, id: Int32(rank))
      if rank >= ranks.count {
        ranks.append(contentsOf: repeatElement(.max, count: rank + 1 - ranks.count))
      }
      ranks[rank] = UInt32(rank)
    }
    let byteIDs = (0...255).map { (byte: UInt8) in table.id(of: [byte]) ?? -1 }
    guard byteIDs.allSatisfy({ $0 >= 0 }) else {
      throw malformed("The ranks lack a token of one byte.", subject)
    }
    let model = BytePairEncoding(
      table: table,
      ranks: ranks,
      symbols: .bytes,
      byteIDs: byteIDs,
      unknownID: nil,
      fusesUnknown: false,
      prefersWholeWords: true
    )
    var parts = TokenizerParts(vocabulary: vocabulary, model: .bytePair(model))
    parts.decoder = .byteLevel
    if rules.composesText {
      parts.normalizers = [.unicode(UnicodeNormalizer(isCompatible: false, composes: true))]
    }
    parts.preTokenizers = [
      .split(try pattern(rules.pattern, subject), .isolated, isInverted: false)
    ]
    try add(rules, to: &parts, subject)
    return parts
  }

  private static func add(
    _ rules: TiktokenRules,
    to parts: inout TokenizerParts,
    _ subject: String
  ) throws(TokenizerError) {
    for token in rules.addedTokens {
      if let taken = parts.vocabulary.token(token.id), taken != token.content {
        throw malformed("The id \(token.id) of \(token.content) is taken by a rank.", subject)
      }
      try parts.vocabulary.add(token.content, id: Int(token.id), subject: subject)
      parts.added.append(
        AddedToken(id: token.id, content: token.content, isSpecial: token.isSpecial)
      )
    }
    parts.specialTokens.beginning = try id(of: rules.beginning, parts.vocabulary, subject)
    parts.specialTokens.end = try id(of: rules.end, parts.vocabulary, subject)
    if rules.addsBeginning, let beginning = parts.specialTokens.beginning {
      parts.template.prefix = [beginning]
    }
  }

  private static func id(
    of token: String?,
    _ vocabulary: Vocabulary,
    _ subject: String
  ) throws(TokenizerError) -> Int32? {
    guard let token else { return nil }
    guard let id = vocabulary.id(token) else { throw TokenizerError.missing(token, subject) }
    return id
  }

  /// A pattern that a caller or a table of known rules gives.
  static func pattern(_ text: String, _ subject: String) throws(TokenizerError) -> SplitPattern {
    do {
      return try SplitPattern(text)
    } catch {
      throw TokenizerError(
        .unsupportedConstruct,
        "The rules split with a pattern that is not supported.",
        subject: subject,
        cause: error.message,
        remedy: "Write the pattern with the common parts of regular expressions."
      )
    }
  }

  private static func malformed(_ message: String, _ subject: String) -> TokenizerError {
    TokenizerError(.malformedFile, message, subject: subject, remedy: "Get the model again.")
  }
}
