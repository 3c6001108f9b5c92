/// A text as the encoder takes it.
struct TokenizedText: Sendable {
  /// Token ids, special tokens included.
  var ids: [Int32] = []
  /// For each span asked for, the tokens that overlap it.
  var spans: [Range<Int>] = []
  /// Whether the text had more tokens than the encoder takes.
  var truncated = false
}
