/// What speaks for a candidate quote. All lie within about 0 to 1.
package struct QuoteFeatures: Codable, Hashable, Sendable {
  /// Cosine between the question and the candidate under its title and headings.
  package var similarity: Double
  /// Share of the question's words, weighted by rarity, that stand in the candidate.
  package var coverage: Double
  /// The same, counting the title, the headings and the rest of the passage too.
  package var contextCoverage: Double
  /// Share of the question's rarest words that stand nowhere in the passage or its headings.
  package var missingRareTerms: Double
  /// Cosine between the question and the whole passage.
  package var passageSimilarity: Double
  /// 1 for the best passage, falling with rank.
  package var rank: Double
  /// 1 where the candidate holds the kind of thing asked for (a figure, a date, a name).
  package var typeMatch: Double
  /// 1 where the question asks for a kind of thing that the candidate does not hold.
  package var typeMismatch: Double
  /// 1 for a row of a table.
  package var isRow: Double
  /// 1 where the candidate is very short, such as a heading-like line.
  package var isFragment: Double

  /// The features in the order of ``QuoteWeights``.
  package var values: [Double] {
    [
      similarity, coverage, contextCoverage, missingRareTerms, passageSimilarity, rank, typeMatch,
      typeMismatch, isRow, isFragment,
    ]
  }

  package static let names = [
    "similarity", "coverage", "contextCoverage", "missingRareTerms", "passageSimilarity", "rank",
    "typeMatch", "typeMismatch", "isRow", "isFragment",
  ]
}
