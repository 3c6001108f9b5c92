import Foundation

/// A logistic model over named features.
package struct QuoteWeights: Codable, Hashable, Sendable {
  package var bias: Double
  /// In the order of the features' names.
  package var weights: [Double]

  package init(bias: Double, weights: [Double]) {
    self.bias = bias
    self.weights = weights
  }

  /// The weighted sum, before the logistic function.
  package func score(_ values: [Double]) -> Double {
    zip(weights, values).reduce(bias) { $0 + $1.0 * $1.1 }
  }

  /// The logistic function of the weighted sum.
  package func probability(_ values: [Double]) -> Double { 1 / (1 + exp(-score(values))) }
}
