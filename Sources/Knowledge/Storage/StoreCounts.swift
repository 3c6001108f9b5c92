/// How much the store holds of one source.
public struct StoreCounts: Codable, Hashable, Sendable {
  public var documents: Int
  public var passages: Int
  /// Changes seen since the source was added, and the seconds over which they were seen.
  public var changes: Int
  /// Seconds since 1970 of the last finished sync.
  public var lastSync: Double?

  public init(documents: Int, passages: Int, changes: Int, lastSync: Double?) {
    self.documents = documents
    self.passages = passages
    self.changes = changes
    self.lastSync = lastSync
  }
}
