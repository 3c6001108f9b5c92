import Knowledge

/// A part of a passage that may answer, with what speaks for it.
struct QuoteCandidate: Sendable {
  let passage: StoredPassage
  /// Unicode-scalar offsets into the passage's text: the best sentence with its neighbours, or a row.
  let range: Range<Int>
  let text: String
  /// Tokens of the whole passage, title and headings, as they were read.
  let tokens: Int
  let features: QuoteFeatures
  /// The learned weighing of the features, a logit; higher is better.
  let score: Double
}
