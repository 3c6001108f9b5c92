/// What speaks for quoting a part of a passage. All lie within about −1 to 1.
package struct QuoteFeatures: Codable, Hashable, Sendable {
  /// Cosine between the question and the best sentence.
  package var similarity: Double
  /// Share of the question's words, weighted by rarity, that stand in the best sentence.
  package var coverage: Double
  /// The highest such share of any sentence of the passage.
  package var bestCoverage: Double
  /// The share that stands in the passage, its title and its headings together.
  package var contextCoverage: Double
  /// Share of the question's two rarest words that stand nowhere there.
  package var missingRareTerms: Double
  /// Cosine between the question and the whole passage.
  package var passageSimilarity: Double
  /// BM25, as a share of the best passage's.
  package var lexical: Double
  /// The search's score, as a share of the best passage's.
  package var relativeScore: Double
  /// 1 for the best passage, falling with rank.
  package var rank: Double
  /// 1 where the best sentence holds the kind of thing asked for (a figure, a date, a name).
  package var typeMatch: Double
  /// 1 where the question asks for a kind of thing that it does not hold.
  package var typeMismatch: Double
  /// 1 for a row of a table.
  package var isRow: Double
  /// 1 where the best sentence is very short, such as a heading-like line.
  package var isFragment: Double
  /// Length of the quote, 1 from 600 Unicode scalars on.
  package var length: Double
  /// How well the question's words meet words of like meaning in the passage; see ``WordAlignment``.
  package var alignment: WordAlignment

  /// The features in the order of ``names``.
  package var values: [Double] {
    [
      similarity, coverage, bestCoverage, contextCoverage, missingRareTerms, passageSimilarity,
      lexical, relativeScore, rank, typeMatch, typeMismatch, isRow, isFragment, length,
    ] + alignment.values
  }

  package static let names =
    [
      "similarity", "coverage", "bestCoverage", "contextCoverage", "missingRareTerms",
      "passageSimilarity", "lexical", "relativeScore", "rank", "typeMatch", "typeMismatch",
      "isRow", "isFragment", "length",
    ] + WordAlignment.names
}
