public import Documents

/// A live document as the store keeps it.
public struct DocumentRecord: Codable, Hashable, Sendable {
  public var id: Int64
  /// The name of its source.
  public var source: String
  /// Its path within the source.
  public var path: String
  public var title: String
  public var mediaType: String
  /// SHA-256 of the original's content.
  public var contentHash: String
  /// SHA-256 of the extracted text that locations count in.
  public var textHash: String
  /// Seconds since 1970 of the original's last modification, where known.
  public var modified: Double?
  /// Seconds since 1970 of the sync that read it.
  public var syncedAt: Double
  public var metadata: [String: String]
  public var table: TableDescription?
  /// How many times its content was seen to change since it was added.
  public var changeCount: Int
  /// The groups that may see it; everybody where there are none.
  public var groups: [String]

  public init(
    id: Int64,
    source: String,
    path: String,
    title: String,
    mediaType: String,
    contentHash: String,
    textHash: String,
    modified: Double?,
    syncedAt: Double,
    metadata: [String: String],
    table: TableDescription?,
    changeCount: Int,
    groups: [String] = []
  ) {
    self.id = id
    self.source = source
    self.path = path
    self.title = title
    self.mediaType = mediaType
    self.contentHash = contentHash
    self.textHash = textHash
    self.modified = modified
    self.syncedAt = syncedAt
    self.metadata = metadata
    self.table = table
    self.changeCount = changeCount
    self.groups = groups
  }
}
