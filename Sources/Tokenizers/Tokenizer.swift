/// Turns text into the token ids a language model reads, and ids back into text.
///
/// Read one with `Tokenizer(contentsOf:)`. Ids, tokens and offsets are those of the `tokenizers`
/// package; truncation and padding that a `tokenizer.json` may ask for are ignored, because the
/// model decides how much it takes. One tokenizer may be used from many threads at once.
public struct Tokenizer: Sendable {
  let vocabulary: Vocabulary
  let normalizers: [Normalizer]
  let preTokenizers: [PreTokenizer]
  let model: TokenModel
  let template: SpecialTokenTemplate
  let decoder: TokenDecoder?
  let originalMatcher: AddedTokenMatcher
  let normalizedMatcher: AddedTokenMatcher
  let caches: WordCachePool

  /// The ids of the tokens with a role of their own.
  public let specialTokens: SpecialTokens

  /// The number of tokens, added ones included.
  public var vocabularySize: Int { vocabulary.count }

  /// One more than the largest id; ids may have gaps, so this may be above `vocabularySize`.
  public var idLimit: Int { vocabulary.limit }

  /// How many tokens are put around a text when special tokens are wanted.
  public var specialTokenCount: Int { template.prefix.count + template.suffix.count }

  /// Tokenizes a text. Any text is fine; an empty one yields the special tokens alone.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - addSpecialTokens: whether the model's frame, such as `[CLS]` and `[SEP]`, goes around it.
  ///   - maximumLength: the most tokens wanted, special ones included; the end is cut off. Nil for
  ///     all.
  ///   - recognizesSpecialTokens: whether a special token that is written in the text, such as
  ///     `<|im_end|>`, becomes its id. For text that others wrote, `false` makes it plain text.
  /// - Returns: ids, tokens and offsets.
  /// - Complexity: linear in the text, but for words of thousands of characters, which byte-pair
  ///   encoding takes n log n steps for.
  public func encode(
    _ text: String,
    addSpecialTokens: Bool = true,
    maximumLength: Int? = nil,
    recognizesSpecialTokens: Bool = true
  ) -> Encoding {
    let frame = addSpecialTokens ? template : SpecialTokenTemplate()
    let frameCount = frame.prefix.count + frame.suffix.count
    let limit = maximumLength.map { max(0, $0 - frameCount) } ?? Int.max
    var run = TokenizerRun(
      tokenizer: self,
      limit: limit,
      recognizesSpecialTokens: recognizesSpecialTokens
    )
    run.take(text)
    if run.ids.count > limit {
      run.ids.removeLast(run.ids.count - limit)
      run.offsets.removeLast(run.offsets.count - limit)
    }
    if let trimming = template.trimming {
      let tokens = run.ids.map { vocabulary.token($0) ?? "" }
      trimming.trim(&run.offsets, of: tokens, added: run.blanks)
    }
    let ids = frame.prefix + run.ids + frame.suffix
    let none = 0..<0
    return Encoding(
      ids: ids,
      tokens: ids.map { vocabulary.token($0) ?? "" },
      offsets: Array(repeating: none, count: frame.prefix.count) + run.offsets
        + Array(repeating: none, count: frame.suffix.count)
    )
  }

  /// The ids of a text alone, which take less work than a whole encoding.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - addSpecialTokens: whether the model's frame goes around it.
  ///   - recognizesSpecialTokens: whether a special token written in the text becomes its id.
  /// - Returns: the ids that `encode` gives.
  public func ids(
    of text: String,
    addSpecialTokens: Bool = true,
    recognizesSpecialTokens: Bool = true
  ) -> [Int32] {
    var run = TokenizerRun(
      tokenizer: self,
      limit: .max,
      wantsOffsets: false,
      recognizesSpecialTokens: recognizesSpecialTokens
    )
    run.take(text)
    return addSpecialTokens ? template.prefix + run.ids + template.suffix : run.ids
  }

  /// The number of tokens of a text, without special tokens around it.
  ///
  /// - Complexity: as that of `encode`.
  public func countTokens(_ text: String) -> Int {
    ids(of: text, addSpecialTokens: false).count
  }

  /// The token with an id, spelled as in the vocabulary; nil if there is none.
  public func token(for id: Int32) -> String? { vocabulary.token(id) }

  /// The id of a token spelled as in the vocabulary; nil if there is none.
  public func id(for token: String) -> Int32? { vocabulary.id(token) }

  /// The id of a token spelled as in the vocabulary, such as `<|im_end|>`; nil if there is none.
  public func id(of token: String) -> Int32? { vocabulary.id(token) }

  /// Whether an id is that of a special token, which stands for no text.
  public func isSpecial(_ id: Int32) -> Bool { vocabulary.specialIDs.contains(id) }
}
