/// How rare words are in the store.
public struct TermStatistics: Hashable, Sendable {
  public var passageCount: Int
  /// In how many passages each term occurs, by the term as asked for.
  public var frequencies: [String: Int]

  public init(passageCount: Int, frequencies: [String: Int]) {
    self.passageCount = passageCount
    self.frequencies = frequencies
  }
}
