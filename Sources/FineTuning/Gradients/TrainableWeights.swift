import Kernels

/// The weight matrix of a linear layer in training.
enum TrainableWeights {
  /// As the model came, in 32-bit floats.
  case frozen(PackedMatrix)
  /// As the model came, quantised; the second matrix is its transpose, for the way back.
  case quantized(QuantizedMatrix, transposed: QuantizedMatrix)
  /// Trained: the values [outputs × inputs], and the same packed for multiplication.
  case trained(Parameter, PackedMatrix)

  var inputs: Int {
    switch self {
    case .frozen(let weights), .trained(_, let weights): weights.inputs
    case .quantized(let weights, _): weights.inputs
    }
  }

  var outputs: Int {
    switch self {
    case .frozen(let weights), .trained(_, let weights): weights.outputs
    case .quantized(let weights, _): weights.outputs
    }
  }

  var parameter: Parameter? {
    if case .trained(let parameter, _) = self { return parameter }
    return nil
  }

  /// The weights of one output as floats.
  func row(_ output: Int) throws -> [Float] {
    switch self {
    case .frozen(let weights): weights.row(output)
    case .quantized(let weights, _): try weights.row(output)
    case .trained(let parameter, _): parameter.value.row(output)
    }
  }

  /// output = input · weights + bias + residual.
  func apply(
    _ input: Matrix,
    bias: [Float]?,
    residual: Matrix?,
    into output: Matrix,
    _ tape: Tape
  ) throws {
    switch self {
    case .frozen(let weights), .trained(_, let weights):
      try tape.kernels.linear(
        input,
        weights,
        bias: bias,
        residual: residual,
        rows: 0..<input.rows,
        into: output,
        pool: tape.pool
      )
    case .quantized(let weights, _):
      try tape.multiply(input, by: weights, bias: bias, residual: residual, into: output)
    }
  }

  /// output (+)= gradient · weightsᵀ
  func applyTransposed(
    _ gradient: Matrix,
    adds: Bool,
    into output: Matrix,
    _ tape: Tape
  ) throws {
    switch self {
    case .frozen(let weights), .trained(_, let weights):
      try tape.kernels.linearTransposed(
        gradient,
        weights,
        rows: 0..<gradient.rows,
        adds: adds,
        into: output,
        pool: tape.pool
      )
    case .quantized(_, let transposed):
      try tape.multiply(
        gradient,
        by: transposed,
        bias: nil,
        residual: adds ? output : nil,
        into: output
      )
    }
  }
}

extension Tape {
  /// output = input · weights + bias + residual, with the input rounded to 8 bits.
  fileprivate func multiply(
    _ input: Matrix,
    by weights: QuantizedMatrix,
    bias: [Float]?,
    residual: Matrix?,
    into output: Matrix
  ) throws {
    let activations = QuantizedActivations(capacity: input.rows, widest: input.columns)
    try kernels.quantize(input, rows: 0..<input.rows, into: activations, pool: pool)
    try kernels.multiply(
      activations,
      by: weights,
      bias: bias,
      residual: residual,
      into: output,
      pool: pool
    )
  }
}
