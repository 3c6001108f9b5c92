/// The heads of an attention layer and which tokens see each other.
public struct TrainingAttention: Sendable, Equatable {
  /// Query heads.
  public var heads: Int
  /// Key and value heads, each shared by heads / keyValueHeads query heads.
  public var keyValueHeads: Int
  /// Values of one head.
  public var headSize: Int
  /// Multiplies the scores before softmax; positive.
  public var scale: Float
  /// Whether a token sees itself and what comes before; else all tokens of its segment.
  public var isCausal: Bool
  /// How near a token must be to be seen: |distance| < window. No limit if `nil`.
  public var window: Int?
  /// Scores become cap · tanh(score / cap).
  public var softcap: Float?

  /// An attention layer.
  ///
  /// - Parameters:
  ///   - heads: query heads.
  ///   - keyValueHeads: key and value heads; divides `heads`.
  ///   - headSize: values of one head.
  ///   - scale: multiplies the scores; 1 / √headSize if `nil`.
  ///   - isCausal: whether a token sees only itself and what comes before.
  ///   - window: how near a token must be to be seen; no limit if `nil`.
  ///   - softcap: limits the scores; `nil` for none.
  public init(
    heads: Int,
    keyValueHeads: Int,
    headSize: Int,
    scale: Float? = nil,
    isCausal: Bool,
    window: Int? = nil,
    softcap: Float? = nil
  ) {
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.headSize = headSize
    self.scale = scale ?? 1 / Float(max(headSize, 1)).squareRoot()
    self.isCausal = isCausal
    self.window = window
    self.softcap = softcap
  }

  /// The tokens of its segment that a token sees, a contiguous range with the token in it.
  ///
  /// - Parameters:
  ///   - token: its place in the segment.
  ///   - tokens: length of the segment.
  ///   - prefix: the first so many tokens see each other in both directions.
  /// - Returns: places in the segment.
  func visible(from token: Int, of tokens: Int, prefix: Int) -> Range<Int> {
    let limit = window ?? tokens
    let first = max(0, token - min(limit, tokens) + 1)
    let end = isCausal ? (token < prefix ? min(prefix, tokens) : token + 1) : tokens
    return first..<min(end, token + min(limit, tokens))
  }
}
