/// A structural part of an extracted text: a heading, a paragraph, a table row.
public struct Block: Hashable, Sendable {
  /// What kind of part a block is.
  public enum Kind: Hashable, Sendable {
    /// A heading; level 1 is the highest.
    case heading(level: Int)
    case paragraph
    case listItem
    case code
    /// One row of a table, with the place of each field in the extracted text.
    case row(fields: [Field])
  }

  public var kind: Kind
  /// Unicode-scalar offsets into the extracted text.
  public var characters: Range<Int>
  public var origin: Origin

  public init(kind: Kind, characters: Range<Int>, origin: Origin) {
    self.kind = kind
    self.characters = characters
    self.origin = origin
  }
}
