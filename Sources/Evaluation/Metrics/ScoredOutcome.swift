/// What came of one question: how sure the answer was, and whether it was right.
public struct ScoredOutcome: Codable, Hashable, Sendable {
  /// Higher means surer. For calibration measures it is a probability, from 0 to 1.
  public var confidence: Double
  public var isCorrect: Bool

  public init(confidence: Double, isCorrect: Bool) {
    self.confidence = confidence
    self.isCorrect = isCorrect
  }
}

extension [ScoredOutcome] {
  /// The outcomes, surest first, with equal confidences together.
  ///
  /// - Throws: ``EvaluationError`` where there are none, or one has no finite confidence.
  func groupedByConfidence(for measure: String) throws -> [ConfidenceGroup] {
    guard !isEmpty else {
      throw EvaluationError(
        .noData,
        "There are no outcomes to measure.",
        subject: measure,
        remedy: "Hand in at least one answered question."
      )
    }
    var groups: [Double: ConfidenceGroup] = [:]
    for outcome in self {
      guard outcome.confidence.isFinite else {
        throw EvaluationError(
          .invalidValue,
          "A confidence is not a finite number: \(outcome.confidence).",
          subject: measure,
          remedy: "Give each answer a finite confidence."
        )
      }
      groups[outcome.confidence, default: ConfidenceGroup(confidence: outcome.confidence)]
        .add(outcome)
    }
    return groups.values.sorted { $0.confidence > $1.confidence }
  }
}

/// The outcomes that share one confidence: no threshold can part them.
struct ConfidenceGroup {
  var confidence: Double
  var correct = 0
  var wrong = 0

  init(confidence: Double) { self.confidence = confidence }

  var count: Int { correct + wrong }

  mutating func add(_ outcome: ScoredOutcome) {
    if outcome.isCorrect { correct += 1 } else { wrong += 1 }
  }
}
