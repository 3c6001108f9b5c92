/// How far passages support a sentence.
package struct SupportVerdict: Sendable {
  /// A place that supports it.
  package struct Place: Hashable, Sendable {
    /// Index of the passage among those that were looked at.
    package var passage: Int
    /// Unicode scalars of the passage's text.
    package var range: Range<Int>
  }

  /// From 0, not at all, to 1, to the letter. For ranking; `faults` decide.
  package var score: Double
  package var faults: [SupportFault]
  /// The places, the best first; empty where nothing speaks for it.
  package var places: [Place]

  package var isSupported: Bool { faults.isEmpty && !places.isEmpty }
}
