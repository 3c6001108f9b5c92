/// The arm that comes first by a weighting, and what it was chosen from.
struct AdviceChoice: Sendable {
  let measurements: ArmMeasurements
  let scores: CriterionScores
  let weights: AdviceWeights
  /// The weight of each criterion of ``CriterionScores/criteria``, of sum 1.
  let shares: [Double]
  /// By arm.
  let totals: [Double]
  let best: Int
  /// All others, by falling total.
  let others: [Int]

  /// Chooses.
  ///
  /// - Throws: ``EvaluationError`` with code `noData` where no arm answered, or nothing that has a
  ///   weight was measured.
  init(_ report: ComparisonReport, weights: AdviceWeights) throws {
    measurements = ArmMeasurements(report)
    scores = CriterionScores(report)
    guard !scores.arms.isEmpty else {
      throw EvaluationError(
        .noData,
        "No arm of the comparison answered its questions.",
        subject: report.name,
        cause: report.arms.compactMap(ArmMeasurements.fault).first,
        remedy: "See what stopped the arms, and run attune compare again."
      )
    }
    guard let shares = weights.shares(of: scores.criteria) else {
      throw EvaluationError(
        .noData,
        "Nothing that has a weight was measured.",
        subject: report.name,
        cause: scores.omissions.filter { weights[$0.criterion] > 0 }.map(\.sentence)
          .joined(separator: " "),
        remedy: "Give \(AdviceText.list(scores.criteria.map(\.rawValue), "or")) a weight as well."
      )
    }
    self.weights = weights
    self.shares = shares
    let totals = scores.arms.indices.map { [scores] in scores.total($0, shares) }
    let best = scores.best(shares)
    self.totals = totals
    self.best = best
    others = scores.arms.indices.filter { $0 != best }
      .sorted { (-totals[$0], $0) < (-totals[$1], $1) }
  }

  var report: ComparisonReport { measurements.report }
  /// The arm to compare with: the best of the others.
  var runnerUp: Int? { others.first }

  var isTie: Bool { runnerUp.map { totals[best] - totals[$0] <= CriterionScores.tie } ?? false }

  func title(_ arm: Int) -> String { scores.arms[arm].arm.title }

  /// What was found of the best arm and another; nil where the report does not compare them.
  func pair(with other: Int) -> SidedPair? { measurements.pair(best, other) }

  /// Others that share the best arm's score in quality because nothing tells them from it.
  var undecided: [Int] {
    others.filter {
      scores.qualityLevels[$0] == scores.qualityLevels[best]
        && pair(with: $0)?.isDistinguishable != true
    }
  }

  /// `120 questions over 26 documents`.
  var size: String {
    "\(FigureText.count(report.data.questions, "question")) over "
      + FigureText.count(report.data.clusters, "document")
  }

  /// How many more questions would tell the best arm from another, as far as that can be said.
  func settling(_ other: Int) -> (questions: Int, documents: Int)? {
    guard let pair = pair(with: other)?.report, pair.verdict == .notDistinguishable,
      let questions = pair.questionsMore, questions > 0
    else { return nil }
    return (questions, max(0, pair.documentsMore ?? 0))
  }

  /// `300 more questions over 65 more documents`.
  static func text(of settling: (questions: Int, documents: Int)) -> String {
    let questions =
      "\(FigureText.count(settling.questions)) more "
      + (settling.questions == 1 ? "question" : "questions")
    guard settling.documents > 0 else { return questions }
    return "\(questions) over \(FigureText.count(settling.documents)) more "
      + (settling.documents == 1 ? "document" : "documents")
  }
}
