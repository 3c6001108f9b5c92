import Knowledge

/// A sentence or row that may answer, with what speaks for it.
struct QuoteCandidate: Sendable {
  let passage: StoredPassage
  /// Unicode-scalar offsets into the passage's text.
  let range: Range<Int>
  let text: String
  let features: QuoteFeatures
  /// The learned weighing of the features; higher is better.
  let score: Double
}
