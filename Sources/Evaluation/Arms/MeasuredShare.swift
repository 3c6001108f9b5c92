/// A mean of scores between 0 and 1, with its interval over documents.
public struct MeasuredShare: Codable, Hashable, Sendable {
  public var mean: Double
  /// Over documents, by ``MeasuredShare/init(_:confidence:)``; nil where all questions belong to one.
  public var interval: Interval?
  public var questions: Int
  /// Documents, or what else questions share.
  public var clusters: Int

  public init(mean: Double, interval: Interval?, questions: Int, clusters: Int) {
    self.mean = mean
    self.interval = interval
    self.questions = questions
    self.clusters = clusters
  }
}
