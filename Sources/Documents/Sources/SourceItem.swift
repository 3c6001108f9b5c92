/// One document of a source, before it is read.
public struct SourceItem: Hashable, Sendable {
  /// Its name within the source: a relative path with `/`, or a table's name.
  public var path: String
  /// A cheap value that differs whenever the content may have changed (size, times, inode). Equal
  /// fingerprints mean that the item need not be read.
  public var fingerprint: String
  /// Size in bytes of what will be read, where known.
  public var size: Int?
  /// Seconds since 1970 of the last modification, where known.
  public var modified: Double?

  public init(path: String, fingerprint: String, size: Int? = nil, modified: Double? = nil) {
    self.path = path
    self.fingerprint = fingerprint
    self.size = size
    self.modified = modified
  }
}
