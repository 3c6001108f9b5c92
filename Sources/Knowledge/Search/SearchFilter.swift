/// Which documents a search may find. Empty parts do not restrict; all given parts must hold.
public struct SearchFilter: Codable, Hashable, Sendable {
  /// Names of sources.
  public var sources: [String]
  /// Glob patterns on the path (`*`, `?`, `[…]`, as SQLite's GLOB); one of them must match.
  public var paths: [String]
  /// Media types such as `text/markdown`, or their first half such as `text`.
  public var mediaTypes: [String]
  /// Seconds since 1970, compared with the original's last modification.
  public var modifiedAfter: Double?
  public var modifiedBefore: Double?
  /// Metadata values that must be equal, by name.
  public var metadata: [String: String]
  /// Only these documents.
  public var documents: [Int64]
  /// Only what these groups may see; nil: whatever there is. Documents that name no groups may be seen by
  /// everybody.
  public var groups: Set<String>?

  public init(
    sources: [String] = [],
    paths: [String] = [],
    mediaTypes: [String] = [],
    modifiedAfter: Double? = nil,
    modifiedBefore: Double? = nil,
    metadata: [String: String] = [:],
    documents: [Int64] = [],
    groups: Set<String>? = nil
  ) {
    self.sources = sources
    self.paths = paths
    self.mediaTypes = mediaTypes
    self.modifiedAfter = modifiedAfter
    self.modifiedBefore = modifiedBefore
    self.metadata = metadata
    self.documents = documents
    self.groups = groups
  }

  /// True where every document may be found.
  public var isEmpty: Bool { self == SearchFilter() }
}
