/// One text of an answer's context.
public struct ContextPart: Hashable, Sendable {
  /// Why a text is in the context.
  public enum Role: String, Codable, Sendable {
    case hit
    /// Stands before or after a hit.
    case neighbour
    /// Sums up the document of a hit.
    case summary
  }

  public var passage: StoredPassage
  public var role: Role
  /// The score of the hit that brought it.
  public var score: Double
  public var scores: SearchHit.Scores
  /// Tokens of its text.
  public var tokens: Int

  public init(
    passage: StoredPassage,
    role: Role,
    score: Double,
    scores: SearchHit.Scores,
    tokens: Int
  ) {
    self.passage = passage
    self.role = role
    self.score = score
    self.scores = scores
    self.tokens = tokens
  }
}
