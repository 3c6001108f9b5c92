import Foundation

/// The scores of the arms that can be advised, by criterion.
struct CriterionScores: Sendable {
  /// A criterion that does not count, and why.
  struct Omission: Hashable, Sendable {
    let criterion: AdviceCriterion
    let sentence: String
  }

  /// What is assumed in place of what was measured.
  struct Assumption: Sendable {
    var changesPerDay: Double?
    /// Score in quality by arm's identifier.
    var quality: [String: Double] = [:]
  }

  /// Totals that differ by no more than this are equal: a hundredth of the scale.
  static let tie = 0.01

  let arms: [ArmReport]
  /// Those that were measured on all arms.
  let criteria: [AdviceCriterion]
  let omissions: [Omission]
  /// By arm and criterion, in the order of both.
  let scores: [[Double]]
  /// By arm, from 0: see ``ShownLevels``.
  let qualityLevels: [Int]

  /// Scores the arms of a report that answered.
  init(_ report: ComparisonReport, assuming assumption: Assumption = Assumption()) {
    let measurements = ArmMeasurements(report, changesPerDay: assumption.changesPerDay)
    arms = measurements.arms
    let quality = measurements.qualityLevels()
    qualityLevels = quality.levels
    let qualityScores = zip(arms, quality.scores).map { assumption.quality[$0.id] ?? $1 }
    var criteria: [AdviceCriterion] = []
    var omissions: [Omission] = []
    var columns: [[Double]] = []
    for criterion in AdviceCriterion.allCases {
      let column: ArmMeasurements.Column
      switch criterion {
      case .quality: column = .scores(qualityScores)
      case .freshness: column = measurements.freshness()
      case .transparency: column = measurements.transparency()
      case .latency: column = measurements.latency()
      case .cost: column = measurements.cost(quality: qualityScores)
      case .effort: column = measurements.effort()
      }
      switch column {
      case .scores(let scores):
        criteria.append(criterion)
        columns.append(scores)
      case .missing(let sentence):
        omissions.append(Omission(criterion: criterion, sentence: sentence))
      }
    }
    self.criteria = criteria
    self.omissions = omissions
    scores = arms.indices.map { arm in columns.map { $0[arm] } }
  }

  /// The weighted sum of an arm's scores.
  func total(_ arm: Int, _ weights: [Double]) -> Double {
    zip(scores[arm], weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The arm with the highest weighted sum; among those within ``tie`` of it the simplest.
  ///
  /// - Parameter weights: a weight for each criterion, of sum 1.
  /// - Returns: the arm's index. There is at least one arm.
  func best(_ weights: [Double]) -> Int {
    let totals = arms.indices.map { total($0, weights) }
    let highest = totals.max() ?? 0
    let candidates = arms.indices.filter { totals[$0] >= highest - Self.tie }
    return candidates.min { first, second in
      let simpler = (Self.complexity(arms[first].arm), Self.complexity(arms[second].arm))
      if simpler.0 != simpler.1 { return simpler.0 < simpler.1 }
      if totals[first] != totals[second] { return totals[first] > totals[second] }
      return arms[first].id < arms[second].id
    } ?? 0
  }

  /// A score; nil where the criterion does not count.
  func score(_ criterion: AdviceCriterion, of arm: Int) -> Double? {
    criteria.firstIndex(of: criterion).map { scores[arm][$0] }
  }

  /// How much there is to an arm: the model alone, with documents, tuned, both.
  static func complexity(_ arm: Arm) -> Int {
    (arm.retrieves ? 1 : 0) + (arm.isTuned ? 2 : 0)
  }
}
