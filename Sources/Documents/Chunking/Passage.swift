/// A retrievable part of a document.
public struct Passage: Codable, Hashable, Sendable {
  /// Position among the document's passages, from 0.
  public var ordinal: Int
  /// The headings above it, outermost first, without the document's title.
  public var headings: [String]
  /// The passage's text: exactly the document's text at `location.characters`.
  public var text: String
  public var location: Location
  /// The fields of a table row, or of all rows of a small table; empty for prose.
  public var fields: [Field]

  public init(
    ordinal: Int,
    headings: [String],
    text: String,
    location: Location,
    fields: [Field] = []
  ) {
    self.ordinal = ordinal
    self.headings = headings
    self.text = text
    self.location = location
    self.fields = fields
  }

  /// Whether it holds the rows of a small table, each of which is a passage too.
  public var isTable: Bool { Set(fields.map(\.column)).count < fields.count }
}
