public import Knowledge

/// A source with how much of it the store holds.
public struct SourceOverview: Codable, Hashable, Sendable {
  public var name: String
  public var kind: SourceRecord.Kind
  public var location: String
  public var documents: Int
  public var passages: Int
  /// Changes of documents seen since the source was added.
  public var changes: Int
  /// Changes per day over that time; absent until a day has passed.
  public var changesPerDay: Double?
  /// Seconds since 1970 of the last finished sync; absent before the first.
  public var lastSync: Double?
  public var failures: [SyncFailure]
}
