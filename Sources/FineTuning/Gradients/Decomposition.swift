import Kernels

/// The step of a decomposed layer (DoRA, arXiv 2402.09353) that gives each row of the updated weights
/// its trained length: outputs are multiplied by magnitude / length, where the length counts as a
/// constant for the gradient, as in PEFT.
struct Decomposition {
  /// The factor of each output; 1 where the layer is not decomposed.
  let factors: [Float]
  /// The outputs before the factors.
  let plain: Matrix
  /// The magnitudes, with their outputs and the lengths that they replace.
  let parts: [(magnitude: Parameter, outputs: Range<Int>, lengths: [Float])]

  /// From the gradient of the outputs to that of the outputs before the factors; adds the gradients of
  /// the magnitudes.
  func back(_ gradient: Matrix) throws -> Matrix {
    let result = Matrix(uninitializedRows: gradient.rows, columns: gradient.columns)
    for row in 0..<gradient.rows {
      gradient.withRow(row) { gradient in
        plain.withRow(row) { plain in
          for part in parts {
            part.magnitude.gradient.withRow(0) { sums in
              for (index, output) in part.outputs.enumerated() {
                sums[index] += gradient[output] * plain[output] / part.lengths[index]
              }
            }
          }
        }
        result.withRow(row) { result in
          for column in result.indices { result[column] = gradient[column] * factors[column] }
        }
      }
    }
    return result
  }
}

extension Tape {
  /// Scales outputs to the trained lengths in place, then adds bias and residual.
  func decompose(
    _ outputs: Matrix,
    _ layer: TrainableLinear,
    bias: [Float]?,
    residual: Matrix?
  ) throws -> Decomposition {
    var scales = [Float](repeating: 1, count: layer.outputs)
    var parts: [(magnitude: Parameter, outputs: Range<Int>, lengths: [Float])] = []
    for factors in layer.factors {
      guard let magnitude = factors.magnitude else { continue }
      let lengths = try factors.lengths(layer.weights, self)
      let wanted = magnitude.value.row(0)
      for (index, output) in factors.outputs.enumerated() {
        scales[output] = wanted[index] / lengths[index]
      }
      parts.append((magnitude, factors.outputs, lengths))
    }
    let plain = Matrix(uninitializedRows: outputs.rows, columns: outputs.columns)
    for row in 0..<outputs.rows {
      outputs.withRow(row) { values in
        plain.withRow(row) { plain in _ = plain.update(fromContentsOf: values) }
        for column in values.indices {
          values[column] = values[column] * scales[column] + (bias?[column] ?? 0)
        }
        residual?.withRow(row) { other in
          for column in values.indices { values[column] += other[column] }
        }
      }
    }
    return Decomposition(factors: scales, plain: plain, parts: parts)
  }
}
