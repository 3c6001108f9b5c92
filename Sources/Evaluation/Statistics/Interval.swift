/// An interval with the confidence it was made for.
public struct Interval: Codable, Hashable, Sendable {
  public var lower: Double
  public var upper: Double
  /// The confidence level, such as 0.95.
  public var confidence: Double

  public init(lower: Double, upper: Double, confidence: Double) {
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }
}
