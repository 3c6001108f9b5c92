/// How positions are encoded: by rotating pairs of values of each query and key (RoFormer,
/// arXiv 2104.09864), with the changes that lengthen a model's context.
public struct RotaryParameters: Sendable, Equatable, Codable {
  /// How the frequencies are changed.
  public enum Scaling: Sendable, Equatable, Codable {
    /// Not at all.
    case none
    /// All divided by a factor.
    case linear(factor: Float)
    /// Low frequencies divided, high ones kept, smoothly between (Llama 3.1).
    case llama3(factor: Float, low: Float, high: Float, original: Int)
    /// By rotations over the original context, with a factor on cosine and sine (YaRN,
    /// arXiv 2309.00071).
    case yarn(
      factor: Float,
      fast: Float,
      slow: Float,
      original: Int,
      attention: Float,
      truncates: Bool
    )
    /// Each by a factor of its own, one set up to the original context and another beyond it
    /// (LongRoPE, arXiv 2402.13753).
    case longRope(short: [Float], long: [Float], original: Int, attention: Float)
    /// Each by a factor of its own, as GGUF files state them.
    case factors([Float])
  }

  /// The base of the wavelengths.
  public var base: Float
  /// How many values at the front of each head are rotated; even.
  public var size: Int
  /// How the frequencies are changed.
  public var scaling: Scaling

  /// The context up to which the first of two sets of frequencies holds, if there are two.
  package var switchLength: Int? {
    switch scaling {
    case .longRope(_, _, let original, _): original
    case .none, .linear, .llama3, .yarn, .factors: nil
    }
  }
}
