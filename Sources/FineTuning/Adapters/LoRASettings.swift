/// What a low-rank adapter is like before it is trained.
public struct LoRASettings: Sendable, Equatable, Codable {
  /// Rows of A and columns of B: how much the adapter can learn.
  public var rank = 16
  /// The numerator of the scale of B · A.
  public var alpha = 32.0
  /// Whether the scale is alpha / √rank (rsLoRA, arXiv 2312.03732), not alpha / rank.
  public var isRankStabilized = false
  /// Whether the lengths of the weights' rows are trained too (DoRA, arXiv 2402.09353).
  public var usesDoRA = false
  /// The ends of the names of the layers to update, such as `q_proj`; all linear layers but the output
  /// layer if empty, as PEFT's `all-linear`.
  public var targets: [String] = []

  /// The usual settings: rank 16, alpha 32, all linear layers.
  public init() {}

  /// The factor on B · A.
  public var scale: Float {
    Float(alpha / (isRankStabilized ? Double(rank).squareRoot() : Double(rank)))
  }

  /// Whether a layer of this name is to be updated.
  public func selects(_ layer: String) -> Bool {
    targets.isEmpty || targets.contains { layer == $0 || layer.hasSuffix("." + $0) }
  }
}
