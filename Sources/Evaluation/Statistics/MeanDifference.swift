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
  /// Of the t distribution, by the ``ClusterCorrection``: clusters − 1, or fewer where clusters differ
  /// in size.
  public var degreesOfFreedom: Double
  /// Two-sided p value of "no difference" from the t distribution.
  public var pValue: Double
  public var questions: Int
  public var clusters: Int

  public init(
    mean: Double,
    standardError: Double,
    confidence: Double,
    lower: Double,
    upper: Double,
    degreesOfFreedom: Double,
    pValue: Double,
    questions: Int,
    clusters: Int
  ) {
    self.mean = mean
    self.standardError = standardError
    self.confidence = confidence
    self.lower = lower
    self.upper = upper
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    self.questions = questions
    self.clusters = clusters
  }

  /// Whether the interval leaves out zero.
  public var isDistinguishable: Bool { lower > 0 || upper < 0 }
}
