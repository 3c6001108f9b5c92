/// A linear layer: weights and perhaps a bias.
package struct DecoderLinear: Sendable {
  package let weights: DecoderMatrix
  package let bias: [Float]?
}
