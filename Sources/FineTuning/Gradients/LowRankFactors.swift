import Foundation
import Kernels

/// The trained factors of one linear layer: its weights W [outputs × inputs] become W + scale · B · A,
/// in DoRA with each row scaled to a trained length.
final class LowRankFactors {
  /// The layer's name, without `.weight`.
  let path: String
  /// Which outputs of the matrix that they stand beside are the layer's.
  let outputs: Range<Int>
  /// [rank × inputs]
  let a: Parameter
  /// [outputs × rank]
  let b: Parameter
  /// The factor on B · A.
  let scale: Float
  /// [1 × outputs]: the rows' lengths, where they are trained (DoRA).
  let magnitude: Parameter?
  /// The squares of the lengths of W's rows, for DoRA.
  private let squaredLengths: [Float]

  var parameters: [Parameter] { [a, b] + (magnitude.map { [$0] } ?? []) }

  /// New factors: A random, evenly between ±1/√inputs as PEFT starts it, and B zero, so that the layer
  /// is at first what it was.
  ///
  /// - Parameters:
  ///   - path: the layer's name.
  ///   - outputs: its outputs in `weights`.
  ///   - weights: the matrix.
  ///   - settings: rank, scale and kind.
  ///   - generator: the source of randomness.
  /// - Throws: `KernelError` if the weights cannot be read.
  init(
    _ path: String,
    outputs: Range<Int>,
    of weights: TrainableWeights,
    _ settings: LoRASettings,
    using generator: inout some RandomNumberGenerator
  ) throws {
    self.path = path
    self.outputs = outputs
    scale = settings.scale
    let inputs = weights.inputs
    let bound = 1 / Float(inputs).squareRoot()
    let values = (0..<settings.rank * inputs).map { _ in
      Float.random(in: -bound...bound, using: &generator)
    }
    a = Parameter(
      path + ".lora_A.weight",
      try Matrix(rows: settings.rank, columns: inputs, values: values)
    )
    b = Parameter(
      path + ".lora_B.weight",
      Matrix(rows: outputs.count, columns: settings.rank)
    )
    guard settings.usesDoRA else {
      magnitude = nil
      squaredLengths = []
      return
    }
    var squares: [Float] = []
    for output in outputs {
      squares.append(Float(try weights.row(output).reduce(0.0) { $0 + Double($1) * Double($1) }))
    }
    squaredLengths = squares
    magnitude = Parameter(
      path + ".lora_magnitude_vector",
      try Matrix(rows: 1, columns: outputs.count, values: squares.map { $0.squareRoot() }),
      isDecayed: true
    )
  }

  /// The lengths of the rows of W + scale · B · A, without making them:
  /// |w|² + 2 · scale · b · (A · w) + scale² · bᵀ · (A · Aᵀ) · b for each row w with its row b of B.
  func lengths(_ weights: TrainableWeights, _ tape: Tape) throws -> [Float] {
    let rank = a.value.rows
    let products = Matrix(uninitializedRows: rank, columns: weights.outputs)
    try weights.apply(a.value, bias: nil, residual: nil, into: products, tape)
    let squares = Matrix(uninitializedRows: rank, columns: rank)
    try tape.kernels.product(
      a.value,
      transposed: false,
      a.value,
      transposed: true,
      into: squares,
      pool: tape.pool
    )
    let aw = (0..<rank).map { products.row($0) }
    let aa = (0..<rank).map { squares.row($0) }
    return outputs.enumerated().map { index, output in
      let row = b.value.row(index)
      var sum = Double(squaredLengths[index])
      for i in 0..<rank {
        var inner = 0.0
        for j in 0..<rank { inner += Double(row[j]) * Double(aa[i][j]) }
        sum += Double(scale) * Double(row[i]) * (2 * Double(aw[i][output]) + Double(scale) * inner)
      }
      return Float(max(sum, 0).squareRoot())
    }
  }
}
