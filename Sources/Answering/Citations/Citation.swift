public import Documents

/// A quote and the place where it stands.
public struct Citation: Codable, Hashable, Sendable {
  /// The number that stands in the answer, as in `[1]`.
  public var marker: Int
  /// The passage quoted.
  public var passage: Int64
  /// Canonical URL of the place.
  public var url: String
  /// Path of the document within its source.
  public var document: String
  public var location: Location
  /// The column quoted, where the passage is a row and one value answers.
  public var column: String?
  /// The document's text at `location.characters`, to the letter.
  public var quote: String
  /// Found, by the mechanical check, at that place of a live passage.
  public var verified: Bool

  public init(
    marker: Int,
    passage: Int64,
    url: String,
    document: String,
    location: Location,
    column: String?,
    quote: String,
    verified: Bool
  ) {
    self.marker = marker
    self.passage = passage
    self.url = url
    self.document = document
    self.location = location
    self.column = column
    self.quote = quote
    self.verified = verified
  }
}
