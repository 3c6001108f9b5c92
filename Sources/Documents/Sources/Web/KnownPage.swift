/// What is known of a page from the last sync.
public struct KnownPage: Hashable, Sendable {
  /// As ``SourceContent/item`` gave it, whatever follows it.
  public var fingerprint: String
  /// As ``SourceContent/hash`` gave it.
  public var contentHash: String

  public init(fingerprint: String, contentHash: String) {
    self.fingerprint = fingerprint
    self.contentHash = contentHash
  }
}
