/// A quote that was weighed, with what spoke for it.
package struct ConsideredQuote: Sendable {
  package let text: String
  package let features: QuoteFeatures
  /// In Unicode scalars of its passage's text.
  package let range: Range<Int>
  /// Whether its passage is a row of a table.
  package let isRow: Bool
  /// What the reader made of its passage; nil where it was not read.
  package let reading: PassageReading?
}
