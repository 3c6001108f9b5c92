/// What a person said about an answer.
public struct Feedback: Sendable, Hashable {
  /// The judgement.
  public enum Verdict: Sendable, Hashable {
    /// The answer is right.
    case good
    /// The answer is wrong.
    case bad
    /// The right answer.
    case correction(String)
  }

  /// The identifier of the answer.
  public var answer: String
  /// The judgement; nil where it was a correction that is forgotten with the answer.
  public var verdict: Verdict?
  /// Seconds since 1970.
  public var createdAt: Double
  /// The identifier of the example that a correction became.
  public var example: String?

  /// What was said about an answer.
  public init(answer: String, verdict: Verdict?, createdAt: Double, example: String? = nil) {
    self.answer = answer
    self.verdict = verdict
    self.createdAt = createdAt
    self.example = example
  }
}
