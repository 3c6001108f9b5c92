public import Knowledge

/// A prompt that holds numbered passages as data, and what of the context is in it.
public struct GroundedPrompt: Sendable {
  /// How the context was made to fit.
  public struct Fit: Codable, Hashable, Sendable {
    /// Tokens that the prompt may have; nil where there is no limit.
    public var limit: Int?
    /// Tokens of the prompt.
    public var tokens: Int
    /// Passages of the context that are left out, in the order of the context.
    public var dropped: [Int64]

    public init(limit: Int?, tokens: Int, dropped: [Int64]) {
      self.limit = limit
      self.tokens = tokens
      self.dropped = dropped
    }

    /// What was done, in one sentence; nil where everything fits.
    public var note: String? {
      guard !dropped.isEmpty, let limit else { return nil }
      let noun = dropped.count == 1 ? "text" : "texts"
      return "The \(dropped.count) lowest-ranked \(noun) of the context did not fit into"
        + " \(limit) tokens and \(dropped.count == 1 ? "was" : "were") left out."
    }
  }

  public var messages: [GenerationRequest.Message]
  /// The passages, in the order of their numbers: number 1 is the first.
  public var passages: [StoredPassage]
  /// The parts of the context that the prompt holds, summaries included.
  public var context: [ContextPart]
  public var fit: Fit
  /// The secret part of the fences around passages.
  package var nonce: String
  /// What the model is told to do: text that must not come back as an answer.
  package var instructions: String
}
