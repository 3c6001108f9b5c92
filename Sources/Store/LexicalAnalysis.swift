/// How texts are cut into words for lexical search. Chosen when a store is made.
public enum LexicalAnalysis: String, Sendable, CaseIterable {
  /// Words without case and accents, reduced to their English stems (Porter's algorithm).
  case stemmed
  /// Words without case and accents.
  case plain

  /// The tokenizer as FTS5 names it, part by part.
  var tokenizer: [String] {
    switch self {
    case .stemmed: ["porter", "unicode61", "remove_diacritics", "2"]
    case .plain: ["unicode61", "remove_diacritics", "2"]
    }
  }
}
