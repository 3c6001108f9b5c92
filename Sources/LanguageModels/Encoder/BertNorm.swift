/// Scale and shift of a layer normalisation.
struct BertNorm: Sendable {
  let gamma: [Float]
  let beta: [Float]
}
