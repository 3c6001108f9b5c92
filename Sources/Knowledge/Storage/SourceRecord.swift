/// A source as the store keeps it.
public struct SourceRecord: Codable, Hashable, Sendable {
  /// What a source is.
  public enum Kind: String, Codable, Sendable {
    /// A folder or a single file.
    case folder
    /// A SQLite database.
    case sqlite
    /// A PostgreSQL database, or a query of one.
    case postgresql
    /// A web page, or the pages of a sitemap.
    case web

    /// Whether its location is a path on this machine.
    public var isLocal: Bool { self == .folder || self == .sqlite }
  }

  public var id: Int64
  /// Unique in the workspace; stands in `attune://<name>/…`.
  public var name: String
  public var kind: Kind
  /// Absolute path; for PostgreSQL its URI, which holds no password; the address of a web page.
  public var location: String
  /// Seconds since 1970.
  public var addedAt: Double

  public init(id: Int64, name: String, kind: Kind, location: String, addedAt: Double) {
    self.id = id
    self.name = name
    self.kind = kind
    self.location = location
    self.addedAt = addedAt
  }
}
