/// A linear layer: weights and perhaps a bias.
struct DecoderLinear: Sendable {
  let weights: DecoderMatrix
  let bias: [Float]?
}
