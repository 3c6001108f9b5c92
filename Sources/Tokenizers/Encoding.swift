/// What a tokenizer makes of a text: three lists of the same length.
public struct Encoding: Sendable, Equatable {
  /// The id of each token.
  public var ids: [Int32]
  /// The vocabulary's own spelling of each token, such as `##ing`.
  public var tokens: [String]
  /// Where each token stands in the original text, in Unicode scalars. `0..<0` for a token that
  /// was added around the text.
  public var offsets: [Range<Int>]

  /// The number of tokens.
  public var count: Int { ids.count }

  /// Joins three lists of the same length.
  public init(ids: [Int32], tokens: [String], offsets: [Range<Int>]) {
    precondition(ids.count == tokens.count && ids.count == offsets.count)
    self.ids = ids
    self.tokens = tokens
    self.offsets = offsets
  }
}
