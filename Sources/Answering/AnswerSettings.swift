/// When and how answers are given. The defaults are those that `Experiments/answers.yaml` chose.
public struct AnswerSettings: Codable, Hashable, Sendable {
  /// The least confidence, 0 to 1, with which an answer is given; below it Attune abstains.
  public var minimumConfidence: Double
  /// Quotes in an answer at most.
  public var quotes: Int

  public init(minimumConfidence: Double = 0.48, quotes: Int = 4) {
    self.minimumConfidence = minimumConfidence
    self.quotes = quotes
  }
}
