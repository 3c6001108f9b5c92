import Kernels

/// The weights of one layer, packed for multiplication.
struct BertLayer: Sendable {
  /// hidden → query, key and value side by side.
  let projections: BertLinear
  /// context → hidden.
  let attentionOutput: BertLinear
  let attentionNorm: BertNorm
  /// hidden → intermediate, followed by GELU.
  let intermediate: BertLinear
  /// intermediate → hidden.
  let output: BertLinear
  let outputNorm: BertNorm
}
