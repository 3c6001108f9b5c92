/// What a model generated.
public struct GenerationResult: Sendable, Equatable {
  /// Why it ended.
  public enum End: String, Sendable, Codable {
    /// The model ended its answer, or a stop token came.
    case endToken
    /// A stop string came.
    case stopString
    /// As many tokens as were asked for have been generated.
    case length
    /// The context is full.
    case context
    /// The constraint allows nothing more.
    case constraint
    /// The receiver asked for no more.
    case cancelled
  }

  /// The text, without stop strings and special tokens.
  public var text: String
  /// The tokens, with the one that ended it.
  public let tokens: [GeneratedToken]
  /// Why it ended.
  public let end: End
  /// Tokens of the prompt.
  public let promptTokens: Int
  /// Tokens of the prompt that an earlier call had left in the cache.
  public let reusedTokens: Int
}
