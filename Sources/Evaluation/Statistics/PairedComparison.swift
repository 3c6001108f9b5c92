/// Everything a report says of two ways of answering, measured on the same questions.
public struct PairedComparison: Codable, Hashable, Sendable {
  /// Which of the two is better, as far as the questions can tell.
  public enum Verdict: String, Codable, Sendable {
    case firstBetter, secondBetter, notDistinguishable
  }

  /// First − second, with the cluster-robust t interval that the verdict rests on.
  public var difference: MeanDifference
  /// The cluster bootstrap's interval, as a check on the first.
  public var bootstrap: Interval
  /// The sign-flip test over clusters.
  public var signFlip: SignFlipResult
  /// The smallest difference that these questions would show with 80% power at the 5% level.
  public var minimalDetectableDifference: Double
  /// How many questions of the same kind would show the difference found, if it is the true one; absent
  /// where no difference was found.
  public var questionsNeeded: Int?

  /// Compares the two.
  ///
  /// - Parameters:
  ///   - sample: the scores of both.
  ///   - seed: of the bootstrap and of a sign-flip test that cannot be exact.
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  public init(_ sample: PairedSample, seed: UInt64) throws {
    let size = SampleSize()
    difference = try sample.meanDifference()
    bootstrap = try sample.bootstrapInterval(seed: seed)
    signFlip = sample.signFlipTest(seed: seed)
    minimalDetectableDifference = size.minimalDetectableDifference(difference)
    questionsNeeded = size.questions(toDetect: difference.mean, given: difference)
  }

  public var verdict: Verdict {
    guard difference.isDistinguishable else { return .notDistinguishable }
    return difference.mean > 0 ? .firstBetter : .secondBetter
  }
}
