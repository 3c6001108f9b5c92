/// An element's place in a list and its score.
public struct Ranked: Sendable, Equatable {
  /// Where the element stands in the scored list.
  public var index: Int
  /// Its score; higher is better.
  public var score: Float

  /// A ranked element.
  public init(index: Int, score: Float) {
    self.index = index
    self.score = score
  }

  /// Whether this element comes before another: higher score first, then lower index.
  func precedes(_ other: Ranked) -> Bool {
    score > other.score || (score == other.score && index < other.index)
  }
}
