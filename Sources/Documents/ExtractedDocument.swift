/// What a reader makes of one original: its text, the structure of that text, and what is known
/// about it.
///
/// Reading the same bytes again yields the same value, so that locations stay true.
public struct ExtractedDocument: Hashable, Sendable {
  /// The title a person would use: the first top-level heading, the `<title>`, or the file's name.
  public var title: String
  /// The media type found by looking at the content, such as `text/markdown`.
  public var mediaType: String
  /// The extracted text that all locations count in.
  public var text: String
  /// The parts of the text in reading order. Ranges ascend and do not overlap.
  public var blocks: [Block]
  /// Facts from front matter, `<meta>` and the like, by lower-case name.
  public var metadata: [String: String]
  /// Present where the document is a table: its name and columns.
  public var table: TableDescription?
  /// What had to be passed over or repaired, in sentences for the user.
  public var warnings: [String]

  public init(
    title: String,
    mediaType: String,
    text: String,
    blocks: [Block],
    metadata: [String: String] = [:],
    table: TableDescription? = nil,
    warnings: [String] = []
  ) {
    self.title = title
    self.mediaType = mediaType
    self.text = text
    self.blocks = blocks
    self.metadata = metadata
    self.table = table
    self.warnings = warnings
  }
}
