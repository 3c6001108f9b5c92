/// A hit: a passage's identifier and its score in one search.
public struct ScoredPassage: Hashable, Sendable {
  public var id: Int64
  public var document: Int64
  public var score: Double

  public init(id: Int64, document: Int64, score: Double) {
    self.id = id
    self.document = document
    self.score = score
  }
}
