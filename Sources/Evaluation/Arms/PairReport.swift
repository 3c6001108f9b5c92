/// Two arms compared on the same questions.
public struct PairReport: Codable, Hashable, Sendable {
  public enum Verdict: String, Codable, Sendable {
    case firstBetter = "first-better"
    case secondBetter = "second-better"
    case notDistinguishable = "not-distinguishable"
  }

  /// Identifiers of the arms.
  public var first: String
  public var second: String
  /// First − second, with the cluster-robust t interval.
  public var difference: MeanDifference
  /// Of the sign-flip test over documents, as it is and corrected by Holm over all pairs. The verdict
  /// rests on the corrected one.
  public var pValue: Double
  public var correctedPValue: Double
  /// McNemar's, as description; nil where scores are not all 0 or 1.
  public var mcNemarPValue: Double?
  public var verdict: Verdict
  /// The smallest difference that these questions would show with 80% power.
  public var minimalDetectableDifference: Double
  /// How many more questions, over how many more documents, would show the difference found, if it is
  /// the true one; nil where it is shown, or there is none.
  public var questionsMore: Int?
  public var documentsMore: Int?
  /// Whether the verdict holds only for the one adapter that was trained.
  public var isForThisAdapter: Bool
  /// The verdict as a sentence, with its figures.
  public var sentence: String

  public init(
    first: String,
    second: String,
    difference: MeanDifference,
    pValue: Double,
    correctedPValue: Double,
    mcNemarPValue: Double?,
    verdict: Verdict,
    minimalDetectableDifference: Double,
    questionsMore: Int?,
    documentsMore: Int?,
    isForThisAdapter: Bool,
    sentence: String
  ) {
    self.first = first
    self.second = second
    self.difference = difference
    self.pValue = pValue
    self.correctedPValue = correctedPValue
    self.mcNemarPValue = mcNemarPValue
    self.verdict = verdict
    self.minimalDetectableDifference = minimalDetectableDifference
    self.questionsMore = questionsMore
    self.documentsMore = documentsMore
    self.isForThisAdapter = isForThisAdapter
    self.sentence = sentence
  }
}
