/// A passage of a document that examples can be made from.
public struct SynthesisPassage: Sendable, Hashable {
  /// One cell of a table row.
  public struct Column: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The passage.
  public var text: String
  /// The title of its document; empty where it has none.
  public var title: String
  /// The headings above it, the outermost first.
  public var headings: [String]
  /// Where it stands.
  public var place: String
  /// Its document.
  public var document: String
  /// The hash of the document's text.
  public var documentHash: String?
  /// The cells, where the passage is the row of a table; else empty.
  public var columns: [Column]

  public init(
    text: String,
    title: String,
    headings: [String] = [],
    place: String,
    document: String,
    documentHash: String? = nil,
    columns: [Column] = []
  ) {
    self.text = text
    self.title = title
    self.headings = headings
    self.place = place
    self.document = document
    self.documentHash = documentHash
    self.columns = columns
  }

  /// An example whose answer stands in the passage.
  func example(_ question: String, _ answer: String) -> Example {
    Example(
      question: question,
      answer: answer,
      origin: .synthesized,
      passage: text,
      source: .init(place: place, document: document, documentHash: documentHash)
    )
  }
}
