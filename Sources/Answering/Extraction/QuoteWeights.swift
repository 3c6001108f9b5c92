/// A logistic model over ``QuoteFeatures``.
package struct QuoteWeights: Codable, Hashable, Sendable {
  package var bias: Double
  /// In the order of ``QuoteFeatures/names``.
  package var weights: [Double]

  package init(bias: Double, weights: [Double]) {
    self.bias = bias
    self.weights = weights
  }

  /// The weighted sum, before the logistic function.
  package func score(_ features: QuoteFeatures) -> Double {
    zip(weights, features.values).reduce(bias) { $0 + $1.0 * $1.1 }
  }
}
