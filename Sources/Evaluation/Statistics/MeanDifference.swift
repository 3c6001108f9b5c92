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
  /// The variance of the clusters' numbers of questions over the square of their mean; 0 where all
  /// clusters are of one size.
  public var sizeVariation: Double
  /// The step that all differences are multiples of, such as 1 for right/wrong and 1/3 for means over
  /// three seeds; 0 where there is none.
  public var step: Double

  public init(
    mean: Double,
    standardError: Double,
    confidence: Double,
    lower: Double,
    upper: Double,
    degreesOfFreedom: Double,
    pValue: Double,
    questions: Int,
    clusters: Int,
    sizeVariation: Double = 0,
    step: Double = 0
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
    self.sizeVariation = sizeVariation
    self.step = step
  }

  /// Whether the interval leaves out zero.
  public var isDistinguishable: Bool { lower > 0 || upper < 0 }
}
