/// How the fine-tuned arm gets better with more data.
public struct LearningReport: Codable, Hashable, Sendable {
  /// The arm trained on a part of the data.
  public struct Point: Codable, Hashable, Sendable {
    public var share: Double
    public var examples: Int
    public var right: MeasuredShare
    public var seconds: Double

    public init(share: Double, examples: Int, right: MeasuredShare, seconds: Double) {
      self.share = share
      self.examples = examples
      self.right = right
      self.seconds = seconds
    }
  }

  public enum Verdict: String, Codable, Sendable {
    /// The last doubling helped, by a difference that was shown.
    case moreHelps = "more-helps"
    /// No doubling made a difference that was shown.
    case notShown = "not-shown"
    /// The first steps helped and the last did not.
    case levelsOff = "levels-off"
  }

  public var arm: String
  /// By growing share.
  public var points: [Point]
  public var verdict: Verdict
  /// Examples that would be as good as the best arm, by the curve's slope over doublings; nil where it
  /// has none, or the number is beyond reason.
  public var examplesNeeded: Int?
  public var sentence: String

  public init(
    arm: String,
    points: [Point],
    verdict: Verdict,
    examplesNeeded: Int?,
    sentence: String
  ) {
    self.arm = arm
    self.points = points
    self.verdict = verdict
    self.examplesNeeded = examplesNeeded
    self.sentence = sentence
  }
}
