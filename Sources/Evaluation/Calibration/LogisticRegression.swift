import Foundation

/// Binary logistic regression with an L2 penalty: P(label) = 1 / (1 + exp(−(b + Σ wⱼ·zⱼ))), zⱼ being
/// the feature less its mean, over its standard deviation.
///
/// Fitted by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani & Friedman
/// 2009, section 4.4.1), which needs no seed and gives the same weights each time. Fit it on
/// validation data, keep it with the settings, and apply it to a confidence.
public struct LogisticRegression: Codable, Hashable, Sendable {
  /// Mean of each feature in the data it was fitted on.
  public var means: [Double]
  /// Standard deviation of each feature (divisor n); 1 for a feature that never varied.
  public var scales: [Double]
  /// Weight of each standardised feature.
  public var weights: [Double]
  public var bias: Double

  public init(means: [Double], scales: [Double], weights: [Double], bias: Double) {
    precondition(
      means.count == weights.count && scales.count == weights.count,
      "one mean, scale and weight for each feature"
    )
    self.means = means
    self.scales = scales
    self.weights = weights
    self.bias = bias
  }

  /// The probability of the label for one item's features, in the order of the fit.
  public func probability(_ features: [Double]) -> Double {
    precondition(features.count == weights.count, "as many features as the model was fitted on")
    var score = bias
    for index in weights.indices {
      score += weights[index] * (features[index] - means[index]) / scales[index]
    }
    return Self.sigmoid(score)
  }

  /// The same model for features as they are: bias and one weight per feature, not standardised.
  public var plainCoefficients: (bias: Double, weights: [Double]) {
    let plain = zip(weights, scales).map { $0 / $1 }
    return (zip(plain, means).reduce(bias) { $0 - $1.0 * $1.1 }, plain)
  }

  /// 1 / (1 + e⁻ˣ), without overflow at either end.
  static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }
}
