/// How often answers are wrong when only the surest are given.
///
/// Coverage is the share of questions answered at a threshold, risk the share of wrong ones among
/// those (El-Yaniv & Wiener 2010, jmlr.org/papers/v11/el-yaniv10a.html).
public struct RiskCoverageCurve: Codable, Hashable, Sendable {
  /// One threshold: answers of at least this confidence are given.
  public struct Point: Codable, Hashable, Sendable {
    public var threshold: Double
    /// Share of the questions answered, above 0 and up to 1.
    public var coverage: Double
    /// Share of wrong answers among those given, from 0 to 1.
    public var risk: Double

    public init(threshold: Double, coverage: Double, risk: Double) {
      self.threshold = threshold
      self.coverage = coverage
      self.risk = risk
    }
  }

  /// One point for each confidence that occurs, by rising coverage.
  public var points: [Point]
  /// The area under the curve: the mean of the risks at coverage 1/n, 2/n, …, 1 (Geifman, Uziel &
  /// El-Yaniv 2019, arXiv:1805.08206). Lower is better. Outcomes of equal confidence count as their
  /// mean over all orders, so the value does not depend on the order they are handed in.
  public var area: Double

  /// Measures the outcomes.
  ///
  /// - Throws: ``EvaluationError`` where there are none, or a confidence is not finite.
  public init(_ outcomes: [ScoredOutcome]) throws {
    let groups = try outcomes.groupedByConfidence(for: "risk–coverage curve")
    let total = Double(outcomes.count)
    points = []
    var answered = 0.0
    var wrong = 0.0
    var sum = 0.0
    for group in groups {
      let wrongShare = Double(group.wrong) / Double(group.count)
      for place in 1...group.count {
        sum += (wrong + wrongShare * Double(place)) / (answered + Double(place))
      }
      answered += Double(group.count)
      wrong += Double(group.wrong)
      points.append(
        Point(threshold: group.confidence, coverage: answered / total, risk: wrong / answered)
      )
    }
    area = sum / total
  }

  /// The point of the highest coverage whose risk is at most `risk`, if there is one.
  public func highestCoverage(atRisk risk: Double) -> Point? { points.last { $0.risk <= risk } }
}
