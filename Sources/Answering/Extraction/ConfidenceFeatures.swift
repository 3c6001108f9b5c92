import Foundation

/// What speaks for an answer as a whole, seen from its ranked quotes.
package struct ConfidenceFeatures: Sendable {
  package let values: [Double]

  package static let names = [
    "logit", "margin", "similarity", "contextCoverage", "missingRareTerms", "alignment",
    "meanAlignment", "weakestAlignment", "rareAlignment", "topContextCoverage", "topAlignment",
    "topMeanAlignment", "topWeakestAlignment", "topRareAlignment", "anyHolds",
  ]

  /// Quotes that an answer may show.
  private static let top = 3
  /// The quote that the best is compared with.
  private static let distant = 3

  /// - Parameter ranked: Quotes with their logits, best first. Nothing where there is none.
  package init?(_ ranked: [(features: QuoteFeatures, score: Double)]) {
    guard let best = ranked.first else { return nil }
    let shown = ranked.prefix(Self.top)
    func highest(_ value: (QuoteFeatures) -> Double) -> Double {
      shown.map { value($0.features) }.max() ?? 0
    }
    let noneHolds = shown.reduce(1) { $0 * (1 - 1 / (1 + exp(-$1.score))) }
    let alignment = best.features.alignment
    values = [
      best.score,
      best.score - ranked[min(Self.distant, ranked.count - 1)].score,
      best.features.similarity,
      best.features.contextCoverage,
      best.features.missingRareTerms,
      alignment.weighted,
      alignment.mean,
      alignment.weakest,
      alignment.rare,
      highest(\.contextCoverage),
      highest(\.alignment.weighted),
      highest(\.alignment.mean),
      highest(\.alignment.weakest),
      highest(\.alignment.rare),
      1 - noneHolds,
    ]
  }
}
