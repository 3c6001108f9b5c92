/// What goes into the context of an answer.
public struct ContextSettings: Codable, Hashable, Sendable {
  /// Hits that go in at most.
  public var passages: Int
  /// How many of the best hits bring their neighbours.
  public var passagesWithNeighbours: Int
  /// Passages before and after each of those.
  public var neighbours: Int
  /// Tokens of all parts together, counted by the embedder's tokenizer.
  public var tokens: Int

  public init(
    passages: Int = 8,
    passagesWithNeighbours: Int = 2,
    neighbours: Int = 1,
    tokens: Int = 2000
  ) {
    self.passages = passages
    self.passagesWithNeighbours = passagesWithNeighbours
    self.neighbours = neighbours
    self.tokens = tokens
  }
}
