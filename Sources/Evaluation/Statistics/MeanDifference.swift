/// A mean difference with what is known of its uncertainty.
public struct MeanDifference: Codable, Hashable, Sendable {
  /// Mean of first − second over questions.
  public var mean: Double
  /// Cluster-robust standard error of the mean.
  public var standardError: Double
  /// The confidence level of the interval, such as 0.95.
  public var confidence: Double
  public var lower: Double
  public var upper: Double
  /// Clusters − 1.
  public var degreesOfFreedom: Int
  /// Two-sided p value of "no difference" from the t distribution.
  public var pValue: Double
  public var questions: Int
  public var clusters: Int

  /// Whether the interval leaves out zero.
  public var isDistinguishable: Bool { lower > 0 || upper < 0 }
}
