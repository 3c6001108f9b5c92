import Kernels

/// The weights of one layer, packed for multiplication.
package struct BertLayer: Sendable {
  /// hidden → query, key and value side by side.
  package let projections: BertLinear
  /// context → hidden.
  package let attentionOutput: BertLinear
  package let attentionNorm: BertNorm
  /// hidden → intermediate, followed by GELU.
  package let intermediate: BertLinear
  /// intermediate → hidden.
  package let output: BertLinear
  package let outputNorm: BertNorm
}
