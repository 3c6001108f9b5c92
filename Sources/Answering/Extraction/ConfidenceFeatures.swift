import Foundation

/// What speaks for an answer as a whole, seen from its ranked quotes.
package struct ConfidenceFeatures: Sendable {
  package let values: [Double]

  package static let names = [
    "logit", "margin", "contextCoverage", "missingRareTerms", "passageAlignment",
    "weakestInPassage", "alignment", "weakestAlignment", "typeMismatch", "focusAlignment", "isRow",
    "topContextCoverage", "topPassageAlignment", "topWeakestInPassage", "topAlignment",
    "topWeakestAlignment", "topFocusAlignment", "anyHolds", "matchedInformation",
  ]

  /// The best quotes that are looked at together.
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
    values = [
      best.score,
      best.score - ranked[min(Self.distant, ranked.count - 1)].score,
      best.features.contextCoverage,
      best.features.missingRareTerms,
      best.features.passageAlignment,
      best.features.weakestInPassage,
      best.features.alignment,
      best.features.weakestAlignment,
      best.features.typeMismatch,
      best.features.focusAlignment,
      best.features.isRow,
      highest(\.contextCoverage),
      highest(\.passageAlignment),
      highest(\.weakestInPassage),
      highest(\.alignment),
      highest(\.weakestAlignment),
      highest(\.focusAlignment),
      1 - noneHolds,
      highest(\.matchedInformation),
    ]
  }
}
