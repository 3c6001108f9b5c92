/// What speaks for quoting a part of a passage. All lie within about −1 to 1, but for the last.
package struct QuoteFeatures: Codable, Hashable, Sendable {
  /// Cosine between the question and the best sentence.
  package var similarity: Double
  /// Share of the question's words, weighted by rarity, that stand in the best sentence.
  package var coverage: Double
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
  /// 1 where no sentence of the quote holds it.
  package var typeMissing: Double
  /// 1 for a row of a table.
  package var isRow: Double
  /// 1 where the best sentence is very short, such as a heading-like line.
  package var isFragment: Double
  /// Length of the quote, 1 from 600 Unicode scalars on.
  package var length: Double
  /// How the question's words meet the quote, title and headings: see ``WordAlignment``.
  package var alignment: Double
  package var meanAlignment: Double
  package var weakestAlignment: Double
  /// How they meet the best sentence alone.
  package var sentenceAlignment: Double
  package var weakestInSentence: Double
  /// How the word that names what is asked for meets the quote, and the quote, title and headings.
  package var focusInQuote: Double
  package var focusAlignment: Double
  /// By how much the question's words meet other passages better: the most of any, and weighted.
  package var largestGap: Double
  package var meanGap: Double
  /// How the question's words meet the whole passage. For the confidence only, as the next.
  package var passageAlignment: Double
  package var weakestInPassage: Double
  /// Sum of the rarity, in nats, of the question's words that stand in the passage, title and headings:
  /// five rare words met say more than one, which no share shows.
  package var matchedInformation: Double

  /// The features by which quotes are ranked, in the order of ``names``.
  package var values: [Double] {
    [
      similarity, coverage, contextCoverage, missingRareTerms, passageSimilarity, lexical,
      relativeScore, rank, typeMatch, typeMismatch, typeMissing, isRow, isFragment, length,
      alignment, meanAlignment, weakestAlignment, sentenceAlignment, weakestInSentence,
      focusInQuote, focusAlignment, largestGap, meanGap,
    ]
  }

  package static let names = [
    "similarity", "coverage", "contextCoverage", "missingRareTerms", "passageSimilarity", "lexical",
    "relativeScore", "rank", "typeMatch", "typeMismatch", "typeMissing", "isRow", "isFragment",
    "length", "alignment", "meanAlignment", "weakestAlignment", "sentenceAlignment",
    "weakestInSentence", "focusInQuote", "focusAlignment", "largestGap", "meanGap",
  ]
}
