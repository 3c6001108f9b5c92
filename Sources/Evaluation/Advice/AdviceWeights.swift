/// How much each criterion counts in an advice: any numbers of 0 or more, of which the ratios matter.
public struct AdviceWeights: Hashable, Sendable {
  /// More than this is taken for a slip.
  static let most = 1e6

  private var values: [AdviceCriterion: Double]

  /// Quality 4, freshness 2, transparency 2, latency 1, cost 1, effort 1.
  public static let standard = AdviceWeights(
    values: [
      .quality: 4, .freshness: 2, .transparency: 2, .latency: 1, .cost: 1, .effort: 1,
    ]
  )

  /// The weight as it was given.
  public subscript(criterion: AdviceCriterion) -> Double { values[criterion] ?? 0 }

  /// These weights with some of them changed.
  ///
  /// - Parameters:
  ///   - changes: the new weights by the criterion's name; criteria that are not named stay.
  ///   - subject: where they come from, for the error.
  /// - Returns: the weights.
  /// - Throws: ``EvaluationError`` that names the criterion which is not known, or whose weight is not
  ///   a number from 0 to a million; also where no criterion has a weight.
  public func changing(
    _ changes: [String: Double],
    subject: String = "weights of an advice"
  ) throws -> AdviceWeights {
    var changed = self
    for (name, weight) in changes.sorted(by: { $0.key < $1.key }) {
      guard let criterion = AdviceCriterion(rawValue: name) else {
        throw Self.unknown(name, subject: subject)
      }
      guard weight.isFinite, (0...Self.most).contains(weight) else {
        throw EvaluationError(
          .invalidValue,
          "The weight of \(name) is \(weight).",
          subject: subject,
          remedy: "Give \(name) a number from 0 to 1,000,000."
        )
      }
      changed.values[criterion] = weight
    }
    guard changed.values.values.contains(where: { $0 > 0 }) else {
      throw EvaluationError(
        .invalidValue,
        "No criterion has a weight.",
        subject: subject,
        remedy: "Give at least one of them a weight above 0, such as 4 to quality."
      )
    }
    return changed
  }

  /// The weights of some criteria, scaled to a sum of 1.
  ///
  /// - Parameter criteria: those that count.
  /// - Returns: a share for each, in their order; nil where none of them has a weight.
  func shares(of criteria: [AdviceCriterion]) -> [Double]? {
    let sum = criteria.reduce(0) { $0 + self[$1] }
    return sum > 0 ? criteria.map { self[$0] / sum } : nil
  }

  static func unknown(_ name: String, subject: String) -> EvaluationError {
    EvaluationError(
      .invalidValue,
      "There is no criterion “\(name)”.",
      subject: subject,
      remedy: "Use \(AdviceText.list(AdviceCriterion.allCases.map(\.rawValue), "or"))."
    )
  }
}
