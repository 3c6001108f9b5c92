/// The content of one item, read but not yet taken apart.
public struct SourceContent: Sendable {
  /// SHA-256 of the content, in lower-case hexadecimal. Equal hashes mean equal extraction.
  public var hash: String
  /// Takes the content apart.
  public var extract: @Sendable () throws -> ExtractedDocument

  public init(hash: String, extract: @escaping @Sendable () throws -> ExtractedDocument) {
    self.hash = hash
    self.extract = extract
  }
}
