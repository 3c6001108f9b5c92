/// Which examples of a dataset are wanted. Everything that is given must hold.
public struct ExampleFilter: Sendable, Hashable {
  /// Only these states; all where empty.
  public var states: Set<ExampleState>
  /// Only these splits; all, and none at all, where empty.
  public var splits: Set<Example.Split>
  /// Only these origins; all where empty.
  public var origins: Set<Example.Origin>
  /// Only stale ones where true, only fresh ones where false.
  public var isStale: Bool?

  /// A filter; without arguments it takes everything.
  public init(
    states: Set<ExampleState> = [],
    splits: Set<Example.Split> = [],
    origins: Set<Example.Origin> = [],
    isStale: Bool? = nil
  ) {
    self.states = states
    self.splits = splits
    self.origins = origins
    self.isStale = isStale
  }

  /// Whether an example is wanted.
  public func takes(_ stored: StoredExample) -> Bool {
    guard states.isEmpty || states.contains(stored.state) else { return false }
    guard origins.isEmpty || origins.contains(stored.origin) else { return false }
    if !splits.isEmpty {
      guard let split = stored.split, splits.contains(split) else { return false }
    }
    return isStale.map { $0 == stored.isStale } ?? true
  }
}
