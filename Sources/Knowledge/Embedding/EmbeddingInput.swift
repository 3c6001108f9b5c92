/// One text to embed, with what goes in front of it.
public struct EmbeddingInput: Hashable, Sendable {
  /// Context in front of the text, such as title and headings.
  public var prefix: String
  public var text: String
  /// Parts of `text`, in Unicode scalars, whose own vectors are wanted from the same forward pass.
  public var spans: [Range<Int>]

  public init(prefix: String = "", text: String, spans: [Range<Int>] = []) {
    self.prefix = prefix
    self.text = text
    self.spans = spans
  }
}
