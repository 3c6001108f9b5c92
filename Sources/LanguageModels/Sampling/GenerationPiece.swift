/// A part of a text while it is generated.
public struct GenerationPiece: Sendable, Equatable {
  /// What the receiver wants next.
  public enum Reply: Sendable {
    /// More.
    case goOn
    /// No more: the generation ends.
    case stop
  }

  /// Text that will not change any more: whole characters, never a part of a stop string. May be
  /// empty while a character or a possible stop string is incomplete.
  public let text: String
  /// The token that has just been chosen; `nil` for what was held back to the end.
  public let token: GeneratedToken?
}
