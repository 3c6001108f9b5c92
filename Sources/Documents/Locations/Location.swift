/// Where a passage or a quote stands in its document.
///
/// `characters` counts Unicode scalars of the document's extracted text, half open. `origin` says
/// where the same thing stands in the original, in the original's own terms.
public struct Location: Codable, Hashable, Sendable {
  /// Unicode-scalar offsets into the extracted text.
  public var characters: Range<Int>
  public var origin: Origin

  public init(characters: Range<Int>, origin: Origin) {
    self.characters = characters
    self.origin = origin
  }
}
