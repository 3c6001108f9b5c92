/// Scale and shift of a layer normalisation.
package struct BertNorm: Sendable {
  package let gamma: [Float]
  package let beta: [Float]
}
