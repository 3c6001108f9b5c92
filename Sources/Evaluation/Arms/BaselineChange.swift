/// How an arm does in comparison with its own stored scores.
public struct BaselineChange: Codable, Hashable, Sendable {
  /// Means over the questions compared.
  public let before: Double
  public let now: Double
  /// Now − before, with its interval over documents.
  public let difference: MeanDifference
  /// Two-sided, of the sign-flip test over documents.
  public let pValue: Double
  /// Identifiers of the questions that score lower, and higher, than before.
  public let worse: [String]
  public let better: [String]
  /// Questions that the baseline does not hold, or holds with other words or accepted answers.
  public let notInBaseline: Int
  /// Questions of the baseline that were not answered now.
  public let notAnswered: Int
  /// The smallest change that these questions would show with 80% power.
  public let minimalDetectableDifference: Double

  /// Compares scores.
  ///
  /// - Parameters:
  ///   - pairs: the questions compared, with the score of now first and that of before second.
  ///   - ids: their identifiers.
  ///   - notInBaseline: questions that were left out for the baseline.
  ///   - notAnswered: questions that were left out for want of an answer.
  ///   - seed: of a sign-flip test that cannot be exact.
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  init(
    _ pairs: [PairedSample.Pair],
    ids: [String],
    notInBaseline: Int,
    notAnswered: Int,
    seed: UInt64
  ) throws {
    let sample = try PairedSample(pairs)
    difference = try sample.meanDifference(correction: .bellMcCaffrey)
    pValue = sample.signFlipTest(seed: seed).pValue
    minimalDetectableDifference = SampleSize().minimalDetectableDifference(difference)
    let count = Double(pairs.count)
    before = pairs.reduce(0) { $0 + $1.second } / count
    now = pairs.reduce(0) { $0 + $1.first } / count
    worse = zip(ids, pairs).filter { $0.1.first < $0.1.second }.map(\.0)
    better = zip(ids, pairs).filter { $0.1.first > $0.1.second }.map(\.0)
    self.notInBaseline = notInBaseline
    self.notAnswered = notAnswered
  }

  /// Whether the arm is worse than it was, beyond chance: p < 0.05.
  public var isDrop: Bool { pValue < 0.05 && difference.mean < 0 }

  /// Whether it is better, beyond chance.
  public var isGain: Bool { pValue < 0.05 && difference.mean > 0 }
}
