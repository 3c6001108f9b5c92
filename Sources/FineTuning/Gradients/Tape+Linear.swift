import Kernels

extension Tape {
  /// input · weights + bias, with the layer's low-rank update, plus another result.
  func linear(
    _ input: Variable,
    _ layer: TrainableLinear,
    plus residual: Variable? = nil
  ) throws -> Variable {
    let tracked = tracks(input, residual, parameters: !layer.parameters.isEmpty)
    let rows = input.rows
    let result = Matrix(uninitializedRows: rows, columns: layer.outputs)
    let isDecomposed = layer.factors.contains { $0.magnitude != nil }
    try layer.weights.apply(
      input.value,
      bias: isDecomposed ? nil : layer.bias?.values,
      residual: isDecomposed ? nil : residual?.value,
      into: result,
      self
    )
    var reduced: [Matrix] = []
    for factors in layer.factors {
      // u = x · Aᵀ, then y += scale · u · Bᵀ
      let inner = Matrix(uninitializedRows: rows, columns: factors.a.value.rows)
      try kernels.product(
        input.value,
        transposed: false,
        factors.a.value,
        transposed: true,
        into: inner,
        pool: pool
      )
      try kernels.product(
        MatrixView(inner),
        transposed: false,
        MatrixView(factors.b.value),
        transposed: true,
        scale: factors.scale,
        adds: true,
        into: MatrixView(result, columns: factors.outputs),
        pool: pool
      )
      reduced.append(inner)
    }
    let decomposition =
      isDecomposed
      ? try decompose(result, layer, bias: layer.bias?.values, residual: residual?.value) : nil
    let output = Variable(result, isTracked: tracked)
    guard tracked else { return output }
    input.letGo()
    record { [self] in
      guard let gradient = output.gradient else { return }
      if let sum = layer.bias?.gradient {
        try kernels.addColumnSums(gradient, rows: 0..<rows, into: sum, pool: pool)
      }
      let inner = try decomposition?.back(gradient) ?? gradient
      try linearBack(inner, input, layer, reduced)
      input.letGo()
      try residual?.give(gradient, self)
    }
    return output
  }

  /// The way back through weights and factors.
  private func linearBack(
    _ gradient: Matrix,
    _ input: Variable,
    _ layer: TrainableLinear,
    _ reduced: [Matrix]
  ) throws {
    if let parameter = layer.weights.parameter {
      try kernels.product(
        gradient,
        transposed: true,
        input.value,
        adds: true,
        into: parameter.gradient,
        pool: pool
      )
    }
    if input.isTracked {
      let (matrix, adds) = input.sink()
      try layer.weights.applyTransposed(gradient, adds: adds, into: matrix, self)
    }
    for (factors, inner) in zip(layer.factors, reduced) {
      let part = MatrixView(gradient, columns: factors.outputs)
      // dB += scale · dYᵀ · u
      try kernels.product(
        part,
        transposed: true,
        MatrixView(inner),
        scale: factors.scale,
        adds: true,
        into: MatrixView(factors.b.gradient),
        pool: pool
      )
      // du = scale · dY · B
      let innerGradient = Matrix(uninitializedRows: inner.rows, columns: inner.columns)
      try kernels.product(
        part,
        MatrixView(factors.b.value),
        scale: factors.scale,
        into: MatrixView(innerGradient),
        pool: pool
      )
      // dA += duᵀ · x, dx += du · A
      try kernels.product(
        innerGradient,
        transposed: true,
        input.value,
        adds: true,
        into: factors.a.gradient,
        pool: pool
      )
      if input.isTracked {
        try kernels.product(
          innerGradient,
          factors.a.value,
          adds: true,
          into: input.sink().matrix,
          pool: pool
        )
      }
    }
  }
}
