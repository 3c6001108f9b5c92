/// How well confidence tells right answers from wrong ones.
public enum ConfidenceMetrics {
  /// Area under the receiver operating characteristic: the chance that a right answer is surer than
  /// a wrong one, ties counting one half (Hanley & McNeil 1982,
  /// doi:10.1148/radiology.143.1.7063747).
  ///
  /// - Throws: ``EvaluationError`` unless both right and wrong answers are there.
  public static func auroc(_ outcomes: [ScoredOutcome]) throws -> Double {
    let groups = try outcomes.groupedByConfidence(for: "AUROC")
    let correct = groups.reduce(0) { $0 + $1.correct }
    let wrong = outcomes.count - correct
    guard correct > 0, wrong > 0 else {
      throw EvaluationError(
        .noData,
        "AUROC needs right and wrong answers; all are \(correct > 0 ? "right" : "wrong").",
        subject: "AUROC",
        remedy: "Measure on questions of which some are answered wrongly."
      )
    }
    var wins = 0.0
    var wrongBelow = Double(wrong)
    for group in groups {
      wrongBelow -= Double(group.wrong)
      wins += Double(group.correct) * (wrongBelow + 0.5 * Double(group.wrong))
    }
    return wins / (Double(correct) * Double(wrong))
  }

  /// Expected calibration error over bins of equal width: Σ (bin's share) · |accuracy − mean
  /// confidence| (Guo et al. 2017, arXiv:1706.04599). A bin holds its upper edge, not its lower one;
  /// the first holds 0 too.
  ///
  /// - Throws: ``EvaluationError`` where there are no outcomes, or a confidence is not within 0…1.
  public static func expectedCalibrationError(
    _ outcomes: [ScoredOutcome],
    bins: Int = 10
  ) throws -> Double {
    precondition(bins > 0, "calibration is measured over at least one bin")
    var sums = [(confidence: Double, correct: Double)](repeating: (0, 0), count: bins)
    for group in try outcomes.groupedByConfidence(for: "calibration error") {
      guard (0...1).contains(group.confidence) else {
        throw EvaluationError(
          .invalidValue,
          "A confidence is not a probability: \(group.confidence).",
          subject: "calibration error",
          remedy: "Calibrate the confidence first."
        )
      }
      let edge = (group.confidence * Double(bins)).rounded(.up)
      let bin = min(bins, max(1, Int(edge))) - 1
      sums[bin].confidence += group.confidence * Double(group.count)
      sums[bin].correct += Double(group.correct)
    }
    let gap = sums.reduce(0) { $0 + abs($1.correct - $1.confidence) }
    return gap / Double(outcomes.count)
  }
}
