extension SentenceEncoder {
  /// A text to encode. What is embedded is `prefix` followed by `text`.
  public struct Input: Sendable, Equatable {
    /// Context put in front, such as a document's title; may be empty.
    public var prefix: String
    /// The text.
    public var text: String
    /// Parts of `text` that want a vector of their own, in Unicode scalars of `text`.
    public var spans: [Range<Int>]

    /// A text with its context and spans.
    public init(prefix: String = "", text: String, spans: [Range<Int>] = []) {
      self.prefix = prefix
      self.text = text
      self.spans = spans
    }
  }

  /// What an input became.
  public struct Output: Sendable, Equatable {
    /// The vector of the whole input.
    public var vector: [Float]
    /// For each span the mean of its tokens' vectors, of length 1; empty if the span holds no token
    /// that was read.
    public var spanVectors: [[Float]]
    /// How many tokens were read, special tokens included.
    public var tokenCount: Int
    /// Whether the input was longer than the model takes, and cut.
    public var truncated: Bool
  }

  /// The vector of one text.
  ///
  /// - Throws: `LanguageModelError` as ``encode(_:)`` does.
  public func encode(_ text: String) throws -> [Float] {
    try encode([Input(text: text)]).first?.vector ?? []
  }
}
