/// What a generated text must look like, asked byte by byte, so that a character or a word may be
/// spread over several tokens.
///
/// A value: the generation keeps its own copy and moves it along.
public protocol TokenConstraint: Sendable {
  /// Whether the text so far, with these bytes after it, is valid or can still become so.
  func accepts(_ bytes: [UInt8]) -> Bool

  /// Adds bytes that have been accepted.
  mutating func advance(_ bytes: [UInt8])

  /// Whether the text so far is valid as it stands, so that it may end.
  var isComplete: Bool { get }
}
