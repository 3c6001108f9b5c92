/// Says what a comparison means for someone to whom some things count more than others.
///
/// Each arm has a score from 0 to 1 by each criterion (``AdviceCriterion`` has the formulas), and the arm
/// with the highest weighted mean is recommended; of those within a hundredth of it, the simplest: the
/// model alone before retrieval, retrieval before fine-tuning, fine-tuning before both. In quality,
/// freshness and transparency arms differ only as far as a difference was shown, so nothing is recommended
/// on a difference that was not. A criterion that was not measured on all arms does not count, and an arm
/// that did not answer all questions is left out; the advice says both.
public struct Advisor: Sendable {
  public let report: ComparisonReport

  public init(report: ComparisonReport) { self.report = report }

  /// Advises.
  ///
  /// The recommendation is tried on 10,000 weightings around the given one, and on as many from all.
  ///
  /// - Parameters:
  ///   - weights: how much each criterion counts.
  ///   - seed: of the weightings that are drawn; the same seed gives the same advice.
  /// - Returns: the advice.
  /// - Throws: ``EvaluationError`` with code `noData` where no arm answered, or nothing that has a weight
  ///   was measured.
  public func advice(weights: AdviceWeights = .standard, seed: UInt64 = 1) throws -> Advice {
    let choice = try AdviceChoice(report, weights: weights)
    let sensitivity = WeightSensitivity(choice.scores, around: choice.shares, seed: seed)
    let arms = ([choice.best] + choice.others).map { arm in
      Advice.ArmScore(
        arm: choice.scores.arms[arm].id,
        title: choice.title(arm),
        qualityLevel: choice.scores.qualityLevels[arm] + 1,
        scores: Dictionary(
          uniqueKeysWithValues: zip(
            choice.scores.criteria.map(\.rawValue),
            choice.scores.scores[arm]
          )
        ),
        total: choice.totals[arm],
        shareOfNearWeightings: sensitivity.near[arm],
        shareOfAllWeightings: sensitivity.all[arm]
      )
    }
    let near = sensitivity.near[choice.best]
    let reasons = AdviceReasons(choice: choice)
    return Advice(
      comparison: report.name,
      created: report.created,
      arm: choice.scores.arms[choice.best].id,
      title: choice.title(choice.best),
      headline: reasons.headline,
      isTie: choice.isTie,
      weights: weights,
      shareOfNearWeightings: near,
      shareOfAllWeightings: sensitivity.all[choice.best],
      arms: arms,
      reasons: reasons.reasons(sensitivity),
      omissions: reasons.omissions,
      whatWouldChange: AdviceChanges(choice: choice).sentences,
      nextStep: AdviceNextStep(choice: choice, shareOfNearWeightings: near).step
    )
  }
}
