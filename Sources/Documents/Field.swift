/// One column's value inside a row's text.
public struct Field: Codable, Hashable, Sendable {
  /// The column's name.
  public var column: String
  /// Where the value stands: Unicode-scalar offsets into the extracted text.
  public var characters: Range<Int>

  public init(column: String, characters: Range<Int>) {
    self.column = column
    self.characters = characters
  }
}
