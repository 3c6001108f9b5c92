/// How far a sync has come.
public struct SyncProgress: Hashable, Sendable {
  /// Items looked at, and items in the source.
  public var itemsDone: Int
  public var itemsTotal: Int
  /// Passages embedded, and the tokens in them.
  public var passages: Int
  public var tokens: Int
  /// The item in work.
  public var current: String

  public init(
    itemsDone: Int,
    itemsTotal: Int,
    passages: Int = 0,
    tokens: Int = 0,
    current: String = ""
  ) {
    self.itemsDone = itemsDone
    self.itemsTotal = itemsTotal
    self.passages = passages
    self.tokens = tokens
    self.current = current
  }
}
