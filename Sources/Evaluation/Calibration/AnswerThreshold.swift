/// From which confidence on an answer is given.
public struct AnswerThreshold: Codable, Hashable, Sendable {
  /// What a threshold is chosen for.
  public enum Goal: Codable, Hashable, Sendable {
    /// Answer as many questions as the share of wrong answers among those given allows.
    case highestCoverage(maximumRisk: Double)
    /// Part right from wrong best: the highest mean of (share of right answers given) and (share of
    /// wrong answers withheld).
    case balancedAccuracy
  }

  /// Answers of at least this confidence are given.
  public var threshold: Double
  /// The share of the questions it was chosen on that it answers.
  public var coverage: Double
  /// The share of wrong answers among those.
  public var risk: Double
  /// The mean of the shares of right answers given and wrong answers withheld; absent where all were
  /// right or all wrong.
  public var balancedAccuracy: Double?

  /// Chooses a threshold on validation outcomes.
  ///
  /// It lies half-way between the last confidence answered and the next below, or at the lowest one
  /// when all are answered. Of thresholds that serve the goal equally, the one that answers more is
  /// taken.
  ///
  /// - Returns: nil where no threshold serves the goal: every coverage has a higher risk, or all
  ///   outcomes are right or all wrong.
  /// - Throws: ``EvaluationError`` where there are no outcomes, or a confidence is not finite.
  public static func choose(_ outcomes: [ScoredOutcome], for goal: Goal) throws -> AnswerThreshold?
  {
    let groups = try outcomes.groupedByConfidence(for: "answer threshold")
    let allCorrect = groups.reduce(0) { $0 + $1.correct }
    let allWrong = outcomes.count - allCorrect
    var best: AnswerThreshold?
    var correct = 0
    var wrong = 0
    for (index, group) in groups.enumerated() {
      correct += group.correct
      wrong += group.wrong
      let next = index + 1 < groups.count ? groups[index + 1].confidence : group.confidence
      let candidate = AnswerThreshold(
        threshold: next + (group.confidence - next) / 2,
        coverage: Double(correct + wrong) / Double(outcomes.count),
        risk: Double(wrong) / Double(correct + wrong),
        balancedAccuracy: allCorrect == 0 || allWrong == 0
          ? nil
          : 0.5
            * (Double(correct) / Double(allCorrect) + Double(allWrong - wrong) / Double(allWrong))
      )
      switch goal {
      case .highestCoverage(let maximumRisk):
        if candidate.risk <= maximumRisk { best = candidate }
      case .balancedAccuracy:
        guard let value = candidate.balancedAccuracy else { return nil }
        if value >= best?.balancedAccuracy ?? 0 { best = candidate }
      }
    }
    return best
  }
}
