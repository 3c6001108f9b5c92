package import Kernels

/// A linear layer: packed weights and bias.
package struct BertLinear: Sendable {
  package let weights: PackedMatrix
  package let bias: [Float]

  package init(weights: PackedMatrix, bias: [Float]) {
    self.weights = weights
    self.bias = bias
  }
}
