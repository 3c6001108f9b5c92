/// Turns text into the token ids a language model reads, and ids back into text.
///
/// Read one with `Tokenizer.load(folder:)`. Ids, tokens and offsets are those of the `tokenizers`
/// package; truncation and padding that a `tokenizer.json` may ask for are ignored, because the
/// model decides how much it takes.
public struct Tokenizer: Sendable {
  let vocabulary: Vocabulary
  let normalizer: BertNormalizer?
  let model: WordPiece
  let template: SpecialTokenTemplate
  let decoder: WordPieceDecoder?
  let originalMatcher: AddedTokenMatcher
  let normalizedMatcher: AddedTokenMatcher

  /// The ids of the tokens with a role of their own.
  public let specialTokens: SpecialTokens

  /// The number of tokens, added ones included.
  public var vocabularySize: Int { vocabulary.count }

  /// How many tokens are put around a text when special tokens are wanted.
  public var specialTokenCount: Int { template.prefix.count + template.suffix.count }

  /// Tokenizes a text. Any text is fine; an empty one yields the special tokens alone.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - addSpecialTokens: whether the model's frame, such as `[CLS]` and `[SEP]`, goes around it.
  ///   - maximumLength: the most tokens wanted, special ones included; the end is cut off. Nil for
  ///     all.
  /// - Returns: ids, tokens and offsets.
  /// - Complexity: linear in the text.
  public func encode(
    _ text: String,
    addSpecialTokens: Bool = true,
    maximumLength: Int? = nil
  ) -> Encoding {
    let frame = addSpecialTokens ? template : SpecialTokenTemplate(prefix: [], suffix: [])
    let frameCount = frame.prefix.count + frame.suffix.count
    let limit = maximumLength.map { max(0, $0 - frameCount) } ?? Int.max
    var run = TokenizerRun(tokenizer: self, limit: limit)
    run.take(text)
    if run.ids.count > limit {
      run.ids.removeLast(run.ids.count - limit)
      run.offsets.removeLast(run.offsets.count - limit)
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

  /// The number of tokens of a text, without special tokens around it.
  ///
  /// - Complexity: linear in the text.
  public func countTokens(_ text: String) -> Int {
    var run = TokenizerRun(tokenizer: self, limit: .max)
    run.take(text)
    return run.ids.count
  }

  /// The token with an id, spelled as in the vocabulary; nil if there is none.
  public func token(for id: Int32) -> String? { vocabulary.token(id) }

  /// The id of a token spelled as in the vocabulary; nil if there is none.
  public func id(for token: String) -> Int32? { vocabulary.id(token) }
}
