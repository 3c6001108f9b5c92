/// The trained difference of one linear layer: W becomes W + scale · B · A.
///
/// LoRA, Hu et al., arXiv 2106.09685. With a magnitude vector m the layer is decomposed as in DoRA,
/// Liu et al., arXiv 2402.09353: each row of W + scale · B · A is given the length m of that row.
public struct LowRankUpdate: Sendable, Equatable {
  /// Length of the vectors that go into the layer.
  public let inputs: Int
  /// Length of the vectors that come out of it.
  public let outputs: Int
  /// Rows of A and columns of B.
  public let rank: Int
  /// The numerator of the scale.
  public let alpha: Double
  /// Whether the scale is alpha / √rank (rsLoRA, Kalajdzievski, arXiv 2312.03732), not alpha / rank.
  public let isRankStabilized: Bool
  /// A: [rank × inputs], row after row.
  public let a: [Float]
  /// B: [outputs × rank], row after row.
  public let b: [Float]
  /// The lengths of the weight's rows, [outputs], if the layer is decomposed; else `nil`.
  public let magnitude: [Float]?

  /// The factor on B · A.
  public var scale: Float {
    Float(alpha / (isRankStabilized ? Double(rank).squareRoot() : Double(rank)))
  }

  /// An update from its parts.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the values do not fit the sides, or
  ///   are no finite numbers.
  public init(
    inputs: Int,
    outputs: Int,
    rank: Int,
    alpha: Double,
    isRankStabilized: Bool = false,
    a: [Float],
    b: [Float],
    magnitude: [Float]? = nil
  ) throws(LanguageModelError) {
    let (sizeOfA, overflowOfA) = rank.multipliedReportingOverflow(by: inputs)
    let (sizeOfB, overflowOfB) = rank.multipliedReportingOverflow(by: outputs)
    guard rank >= 1, inputs >= 1, outputs >= 1, !overflowOfA, !overflowOfB, a.count == sizeOfA,
      b.count == sizeOfB, magnitude.map({ $0.count == outputs }) ?? true
    else {
      throw Self.mismatch(
        "A has \(a.count) values, B \(b.count), the magnitudes \(magnitude?.count ?? 0): no update of "
          + "rank \(rank) of a layer [\(inputs) → \(outputs)]."
      )
    }
    guard alpha.isFinite, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite),
      magnitude?.allSatisfy(\.isFinite) ?? true
    else {
      throw Self.mismatch("It has values that are no finite numbers.")
    }
    self.inputs = inputs
    self.outputs = outputs
    self.rank = rank
    self.alpha = alpha
    self.isRankStabilized = isRankStabilized
    self.a = a
    self.b = b
    self.magnitude = magnitude
  }

  private static func mismatch(_ message: String) -> LanguageModelError {
    LanguageModelError(
      .weightMismatch,
      "The adapter's update of a layer cannot be used. " + message,
      subject: "adapter",
      remedy: "Get the adapter again, or train it again."
    )
  }
}
