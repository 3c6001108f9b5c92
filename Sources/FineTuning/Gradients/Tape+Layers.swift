import Kernels

extension Tape {
  /// Each row scaled to a root mean square of 1, then by the weights.
  func rmsNorm(
    _ input: Variable,
    _ weight: TrainableVector,
    epsilon: Float
  ) throws -> Variable {
    let values = weight.values
    let rows = 0..<input.rows
    let make = { [self] in
      let result = Matrix(uninitializedRows: input.rows, columns: input.columns)
      try kernels.rmsNorm(
        input.value,
        rows: rows,
        weight: values,
        epsilon: epsilon,
        into: result,
        pool: pool
      )
      return result
    }
    let isTracked = tracks(input, parameters: weight.isTrained)
    let output = Variable(try make(), isTracked: isTracked, remake: isTracked ? make : nil)
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      try kernels.rmsNormBackward(
        input.value,
        rows: rows,
        weight: values,
        epsilon: epsilon,
        gradient: gradient,
        into: input.summedGradient(),
        weightGradient: weight.gradient,
        pool: pool
      )
    }
    return output
  }

  /// Each head of some columns normalised by itself, in place: the result takes the place of `input`,
  /// which nothing else may read on the way back.
  func rmsNormHeads(
    _ input: Variable,
    column: Int,
    heads: Int,
    _ weight: TrainableVector,
    epsilon: Float
  ) throws {
    let values = weight.values
    let rows = 0..<input.rows
    let width = column..<column + heads * values.count
    // The way back needs what was there before.
    let before = input.isTracked ? copy(try input.value, columns: width) : nil
    try kernels.rmsNormHeads(
      input.value,
      rows: rows,
      column: column,
      heads: heads,
      weight: values,
      epsilon: epsilon,
      pool: pool
    )
    guard let before else { return }
    record { [self] in
      guard let gradient = input.gradient else { return }
      let part = copy(gradient, columns: width)
      try kernels.rmsNormHeadsBackward(
        before,
        rows: rows,
        column: 0,
        heads: heads,
        weight: values,
        epsilon: epsilon,
        gradient: part,
        weightGradient: weight.gradient,
        pool: pool
      )
      paste(part, into: gradient, column: column)
    }
  }

  /// Each row brought to mean 0 and variance 1, then scaled and shifted.
  func layerNorm(
    _ input: Variable,
    gamma: TrainableVector,
    beta: TrainableVector,
    epsilon: Float
  ) throws -> Variable {
    let scale = gamma.values
    let rows = 0..<input.rows
    let result = Matrix(uninitializedRows: input.rows, columns: input.columns)
    try kernels.layerNorm(
      input.value,
      rows: rows,
      gamma: scale,
      beta: beta.values,
      epsilon: epsilon,
      into: result,
      pool: pool
    )
    let output = Variable(result, isTracked: tracks(input, parameters: gamma.isTrained))
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      try kernels.layerNormBackward(
        input.value,
        rows: rows,
        gamma: scale,
        epsilon: epsilon,
        gradient: gradient,
        into: input.summedGradient(),
        gammaGradient: gamma.gradient,
        betaGradient: beta.gradient,
        pool: pool
      )
    }
    return output
  }

  /// Queries and keys, which lie side by side from the first column on, turned by the angles of their
  /// positions, in place.
  func rotate(_ projections: Variable, heads: Int, headSize: Int, by angles: RotaryAngles) throws {
    try turn(projections.value, heads: heads, headSize: headSize, by: angles)
    guard projections.isTracked else { return }
    record { [self] in
      guard let gradient = projections.gradient else { return }
      try turn(gradient, heads: heads, headSize: headSize, by: angles.reversed)
    }
  }

  private func turn(
    _ matrix: Matrix,
    heads: Int,
    headSize: Int,
    by angles: RotaryAngles
  ) throws {
    try kernels.rotate(
      matrix,
      rows: 0..<matrix.rows,
      column: 0,
      heads: heads,
      headSize: headSize,
      by: angles,
      pool: pool
    )
  }

  /// Attention within each segment of tokens; `projections` holds queries, keys and values side by
  /// side.
  func attention(
    _ projections: Variable,
    segments: [Range<Int>],
    prefixes: [Int]? = nil,
    _ attention: TrainingAttention
  ) throws -> Variable {
    let queries = attention.heads * attention.headSize
    let keys = attention.keyValueHeads * attention.headSize
    func views(_ matrix: Matrix) -> (query: MatrixView, key: MatrixView, value: MatrixView) {
      (
        MatrixView(matrix, columns: 0..<queries),
        MatrixView(matrix, columns: queries..<queries + keys),
        MatrixView(matrix, columns: queries + keys..<queries + 2 * keys)
      )
    }
    let result = Matrix(uninitializedRows: projections.rows, columns: queries)
    let input = views(try projections.value)
    try kernels.attend(
      input.query,
      input.key,
      input.value,
      segments: segments,
      prefixes: prefixes,
      attention,
      into: result,
      pool: pool
    )
    let output = Variable(result, isTracked: tracks(projections))
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      let sink = projections.sink()
      let into = views(sink.matrix)
      try kernels.attendBackward(
        input.query,
        input.key,
        input.value,
        context: result,
        gradient: gradient,
        segments: segments,
        prefixes: prefixes,
        attention,
        intoQuery: into.query,
        key: into.key,
        value: into.value,
        pool: pool
      )
    }
    return output
  }

  /// activation(gate) · up, where both lie side by side.
  func gate(_ gateUp: Variable, _ activation: GatedActivation) throws -> Variable {
    let half = gateUp.columns / 2
    let gate = MatrixView(try gateUp.value, columns: 0..<half)
    let up = MatrixView(try gateUp.value, columns: half..<2 * half)
    let make = { [self] in
      let result = Matrix(uninitializedRows: gate.rows.count, columns: half)
      try kernels.gate(gate, up, activation: activation, into: MatrixView(result), pool: pool)
      return result
    }
    let isTracked = tracks(gateUp)
    let output = Variable(try make(), isTracked: isTracked, remake: isTracked ? make : nil)
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      // Nothing reads gate and up after this: their memory takes the gradient.
      try kernels.gateBackward(
        gate,
        up,
        activation: activation,
        gradient: MatrixView(gradient),
        intoGate: gate,
        up: up,
        pool: pool
      )
      try gateUp.adopt(gateUp.value)
    }
    return output
  }

  /// x · Φ(x)
  func gelu(_ input: Variable) throws -> Variable {
    let rows = 0..<input.rows
    let result = Matrix(uninitializedRows: input.rows, columns: input.columns)
    try kernels.gelu(input.value, rows: rows, into: result, pool: pool)
    let output = Variable(result, isTracked: tracks(input))
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      try kernels.geluBackward(
        input.value,
        rows: rows,
        gradient: gradient,
        into: gradient,
        pool: pool
      )
      try input.give(gradient, self)
    }
    return output
  }

  /// The sum of two results.
  func add(_ a: Variable, _ b: Variable) throws -> Variable {
    let result = copy(try a.value, columns: 0..<a.columns)
    try kernels.add(b.value, into: result, pool: pool)
    let output = Variable(result, isTracked: tracks(a, b))
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      if a.isTracked, b.isTracked {
        try b.give(copy(gradient, columns: 0..<gradient.columns), self)
        try a.give(gradient, self)
      } else {
        try (a.isTracked ? a : b).give(gradient, self)
      }
    }
    return output
  }

  func copy(_ matrix: Matrix, columns: Range<Int>) -> Matrix {
    let result = Matrix(uninitializedRows: matrix.rows, columns: columns.count)
    for row in 0..<matrix.rows {
      matrix.withRow(row) { values in
        result.withRow(row) { _ = $0.update(fromContentsOf: values[columns]) }
      }
    }
    return result
  }

  private func paste(_ part: Matrix, into matrix: Matrix, column: Int) {
    for row in 0..<part.rows {
      part.withRow(row) { values in
        matrix.withRow(row) { row in
          for index in values.indices { row[column + index] = values[index] }
        }
      }
    }
  }
}
