/// The record of one sync of one source.
public struct SyncRun: Codable, Hashable, Sendable {
  public var source: Int64
  /// Seconds since 1970.
  public var startedAt: Double
  public var finishedAt: Double
  public var added: Int
  public var changed: Int
  public var removed: Int
  public var unchanged: Int
  public var failures: [SyncFailure]

  public init(
    source: Int64,
    startedAt: Double,
    finishedAt: Double,
    added: Int,
    changed: Int,
    removed: Int,
    unchanged: Int,
    failures: [SyncFailure]
  ) {
    self.source = source
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.added = added
    self.changed = changed
    self.removed = removed
    self.unchanged = unchanged
    self.failures = failures
  }
}
