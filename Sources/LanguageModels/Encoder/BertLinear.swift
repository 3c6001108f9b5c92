import Kernels

/// A linear layer: packed weights and bias.
struct BertLinear: Sendable {
  let weights: PackedMatrix
  let bias: [Float]
}
