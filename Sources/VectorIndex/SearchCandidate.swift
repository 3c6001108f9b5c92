/// A vector that may be among the nearest.
public struct SearchCandidate: Hashable, Sendable {
  public var id: Int64
  /// Its inner product with the query as the quantised codes have it.
  public var score: Float
  /// How far the true inner product may be from `score`.
  public var margin: Float

  public init(id: Int64, score: Float, margin: Float) {
    self.id = id
    self.score = score
    self.margin = margin
  }
}
