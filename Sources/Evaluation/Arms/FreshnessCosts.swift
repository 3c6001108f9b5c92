import Foundation

/// The machine time that arms take to answer and to stay up to date, by how often the data changes.
///
/// Every change is followed by a sync, and by a retraining for an arm that needs one; nothing is
/// retrained more than once for a change. The time of a day is
/// answers · seconds per answer + changes · (seconds per sync + seconds per retraining), where what an
/// arm does not need counts nothing.
public struct FreshnessCosts: Hashable, Sendable {
  /// What one arm takes, in machine seconds.
  public struct ArmSeconds: Hashable, Sendable {
    /// The arm's identifier.
    public var arm: String
    /// Of one answer.
    public var answer: Double
    /// Of the sync after a change; nil for an arm that reads no documents.
    public var sync: Double?
    /// Of the retraining after a change; nil for an arm that is up to date without.
    public var retraining: Double?

    public init(arm: String, answer: Double, sync: Double?, retraining: Double?) {
      self.arm = arm
      self.answer = answer
      self.sync = sync
      self.retraining = retraining
    }

    /// Seconds to be up to date after one change.
    public var perChange: Double { (sync ?? 0) + (retraining ?? 0) }
  }

  public let arms: [ArmSeconds]
  public let answersPerDay: Double

  /// Takes in what was measured.
  ///
  /// - Parameters:
  ///   - arms: each arm's seconds.
  ///   - answersPerDay: questions answered in a day.
  /// - Throws: ``EvaluationError`` where a figure is negative or not finite.
  public init(arms: [ArmSeconds], answersPerDay: Double) throws {
    for arm in arms {
      let figures = [arm.answer, arm.sync ?? 0, arm.retraining ?? 0]
      guard figures.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
        throw Self.invalid("A time of arm \(arm.arm) is negative or not a number.")
      }
    }
    guard answersPerDay.isFinite, answersPerDay >= 0 else {
      throw Self.invalid("The answers a day are negative or not a number.")
    }
    self.arms = arms
    self.answersPerDay = answersPerDay
  }

  /// Machine seconds a day of an arm at a rate of changes.
  public func secondsPerDay(_ arm: ArmSeconds, changesPerDay: Double) -> Double {
    answersPerDay * arm.answer + changesPerDay * arm.perChange
  }

  /// All arms at rates of change from a tenth to a thousand a day, evenly on a logarithmic scale.
  ///
  /// - Parameter pointsPerDecade: how many rates there are for each factor of ten, at least one.
  /// - Returns: 4 · pointsPerDecade + 1 points, by growing rate.
  public func curve(pointsPerDecade: Int = 5) -> [FreshnessReport.CostPoint] {
    let steps = max(1, pointsPerDecade)
    return (0...(4 * steps)).map { step in
      let rate = pow(10, Double(step) / Double(steps) - 1)
      return FreshnessReport.CostPoint(
        changesPerDay: rate,
        secondsPerDay: Dictionary(
          arms.map { ($0.arm, secondsPerDay($0, changesPerDay: rate)) },
          uniquingKeysWith: { first, _ in first }
        )
      )
    }
  }

  /// The changes a day above which retrieval takes less machine time than fine-tuning:
  /// answers · (answer by retrieval − answer by fine-tuning) / (change of fine-tuning − change of
  /// retrieval).
  ///
  /// - Returns: nil where there is no such rate: one of the two takes less at every rate, or retrieval
  ///   takes more for a change; also where an arm is not known.
  public func breakEvenChangesPerDay(retrieval: String, fineTuned: String) -> Double? {
    guard let retrieval = arms.first(where: { $0.arm == retrieval }),
      let fineTuned = arms.first(where: { $0.arm == fineTuned })
    else { return nil }
    let dearerAnswers = answersPerDay * (retrieval.answer - fineTuned.answer)
    let dearerChange = fineTuned.perChange - retrieval.perChange
    guard dearerAnswers > 0, dearerChange > 0 else { return nil }
    let rate = dearerAnswers / dearerChange
    return rate.isFinite ? rate : nil
  }

  private static func invalid(_ message: String) -> EvaluationError {
    EvaluationError(
      .invalidValue,
      message,
      subject: "cost of freshness",
      remedy: "Give seconds and rates of 0 or more."
    )
  }
}
