/// What an example took from a document, so that it can be forgotten with it.
public struct ExampleEvidence: Sendable, Hashable {
  /// The document: `attune://<source>/<path>`.
  public var document: String
  /// The texts that the example took from it; while all of them stand in the document, the example is
  /// as good as before. Nil where any change of the document spoils it.
  public var texts: [String]?
  /// The hash of the document's content when the example was made; the present one where nil.
  public var documentHash: String?

  /// What was taken from a document.
  public init(document: String, texts: [String]?, documentHash: String? = nil) {
    self.document = document
    self.texts = texts
    self.documentHash = documentHash
  }
}
