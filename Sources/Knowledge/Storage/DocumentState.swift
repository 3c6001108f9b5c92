/// What is known of a document without opening it.
public struct DocumentState: Hashable, Sendable {
  public var id: Int64
  public var fingerprint: String
  public var contentHash: String

  public init(id: Int64, fingerprint: String, contentHash: String) {
    self.id = id
    self.fingerprint = fingerprint
    self.contentHash = contentHash
  }
}
