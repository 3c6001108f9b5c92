/// A quote that was weighed, with what spoke for it.
package struct ConsideredQuote: Sendable {
  package let text: String
  package let features: QuoteFeatures
}
