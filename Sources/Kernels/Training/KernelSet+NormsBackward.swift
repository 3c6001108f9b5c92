import CKernels

extension KernelSet {
  /// The backward pass of ``rmsNorm(_:rows:weight:shift:epsilon:into:pool:)``.
  ///
  /// - Parameters:
  ///   - input: what was normalised, [≥ rows.upperBound × columns].
  ///   - rows: the rows to compute.
  ///   - weight: [columns].
  ///   - shift: added to each weight.
  ///   - epsilon: as in the forward pass.
  ///   - gradient: of the output, as `input`.
  ///   - inputGradient: as `input`; the gradient is added to it. Not `gradient`.
  ///   - weightGradient: [1 × columns], added to; `nil` where the weight is frozen.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func rmsNormBackward(
    _ input: Matrix,
    rows: Range<Int>,
    weight: [Float],
    shift: Float = 0,
    epsilon: Float,
    gradient: Matrix,
    into inputGradient: Matrix,
    weightGradient: Matrix? = nil,
    pool: WorkerPool
  ) throws(KernelError) {
    let columns = input.columns
    try checkNorm("RMS norm backwards", input, rows, gradient, inputGradient)
    try checkVectors("RMS norm backwards", columns, [weight.count], [weightGradient])
    weight.withUnsafeBufferPointer { weight in
      guard let weight = weight.baseAddress else { return }
      let p = SharedPointer(
        (
          input: input.base, gradient: gradient.base, output: inputGradient.base, weight: weight,
          kernels: training
        )
      )
      let run: @Sendable (Range<Int>, UnsafeMutablePointer<Float>?) -> Void = { rows, sums in
        let p = p.pointer
        let first = rows.lowerBound * columns
        p.kernels.pointee.rms_norm_backward(
          p.input + first,
          columns,
          p.gradient + first,
          columns,
          p.output + first,
          columns,
          rows.count,
          columns,
          p.weight,
          shift,
          epsilon,
          1,
          sums
        )
      }
      reduce(rows, width: columns, into: weightGradient, pool: pool, run)
    }
  }

  /// The backward pass of ``rmsNormHeads(_:rows:column:heads:weight:shift:epsilon:pool:)``: the
  /// gradient of the normalised heads becomes that of the heads before, in place.
  ///
  /// - Parameters:
  ///   - input: the heads before they were normalised, at the same place as in `gradient`.
  ///   - rows: the rows to compute.
  ///   - column: the first column of the first head.
  ///   - heads: how many heads.
  ///   - weight: [head size].
  ///   - shift: added to each weight.
  ///   - epsilon: as in the forward pass.
  ///   - gradient: [≥ rows.upperBound × input.columns], changed in place.
  ///   - weightGradient: [1 × head size], added to; `nil` where the weight is frozen.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func rmsNormHeadsBackward(
    _ input: Matrix,
    rows: Range<Int>,
    column: Int,
    heads: Int,
    weight: [Float],
    shift: Float = 0,
    epsilon: Float,
    gradient: Matrix,
    weightGradient: Matrix? = nil,
    pool: WorkerPool
  ) throws(KernelError) {
    let size = weight.count
    try checkHeads("RMS norm of heads backwards", input, rows, column, heads, size)
    try checkNorm("RMS norm of heads backwards", input, rows, gradient, gradient)
    try checkVectors("RMS norm of heads backwards", size, [], [weightGradient])
    let columns = input.columns
    weight.withUnsafeBufferPointer { weight in
      guard let weight = weight.baseAddress else { return }
      let p = SharedPointer(
        (input: input.base, gradient: gradient.base, weight: weight, kernels: training)
      )
      let run: @Sendable (Range<Int>, UnsafeMutablePointer<Float>?) -> Void = { rows, sums in
        let p = p.pointer
        for row in rows {
          let first = row * columns + column
          p.kernels.pointee.rms_norm_backward(
            p.input + first,
            size,
            p.gradient + first,
            size,
            p.gradient + first,
            size,
            heads,
            size,
            p.weight,
            shift,
            epsilon,
            0,
            sums
          )
        }
      }
      reduce(rows, width: size, into: weightGradient, pool: pool, run)
    }
  }

  /// ``layerNorm(_:rows:gamma:beta:epsilon:pool:)`` into another matrix.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func layerNorm(
    _ input: Matrix,
    rows: Range<Int>,
    gamma: [Float],
    beta: [Float],
    epsilon: Float,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkNorm("layer normalisation", input, rows, output, output)
    if output !== input {
      let columns = input.columns
      (output.base + rows.lowerBound * columns).update(
        from: input.base + rows.lowerBound * columns,
        count: rows.count * columns
      )
    }
    try layerNorm(output, rows: rows, gamma: gamma, beta: beta, epsilon: epsilon, pool: pool)
  }

  /// The backward pass of ``layerNorm(_:rows:gamma:beta:epsilon:into:pool:)``.
  ///
  /// - Parameters:
  ///   - input: what was normalised, [≥ rows.upperBound × columns].
  ///   - rows: the rows to compute.
  ///   - gamma: [columns].
  ///   - epsilon: as in the forward pass.
  ///   - gradient: of the output, as `input`.
  ///   - inputGradient: as `input`; the gradient is added to it. Not `gradient`.
  ///   - gammaGradient: [1 × columns], added to; `nil` where it is frozen.
  ///   - betaGradient: [1 × columns], added to; `nil` where it is frozen.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func layerNormBackward(
    _ input: Matrix,
    rows: Range<Int>,
    gamma: [Float],
    epsilon: Float,
    gradient: Matrix,
    into inputGradient: Matrix,
    gammaGradient: Matrix? = nil,
    betaGradient: Matrix? = nil,
    pool: WorkerPool
  ) throws(KernelError) {
    let name = "layer normalisation backwards"
    let columns = input.columns
    try checkNorm(name, input, rows, gradient, inputGradient)
    try checkVectors(name, columns, [gamma.count], [gammaGradient, betaGradient])
    let sums = Matrix(rows: 1, columns: 2 * columns)
    let isFrozen = gammaGradient == nil && betaGradient == nil
    gamma.withUnsafeBufferPointer { gamma in
      guard let gamma = gamma.baseAddress else { return }
      let p = SharedPointer(
        (
          input: input.base, gradient: gradient.base, output: inputGradient.base, gamma: gamma,
          kernels: training
        )
      )
      reduce(rows, width: 2 * columns, into: isFrozen ? nil : sums, pool: pool) { rows, sums in
        let p = p.pointer
        let first = rows.lowerBound * columns
        p.kernels.pointee.layer_norm_backward(
          p.input + first,
          p.gradient + first,
          p.output + first,
          rows.count,
          columns,
          p.gamma,
          epsilon,
          sums,
          sums.map { $0 + columns }
        )
      }
    }
    for index in 0..<columns {
      gammaGradient?.base[index] += sums.base[index]
      betaGradient?.base[index] += sums.base[columns + index]
    }
  }

  /// Runs `body` over the rows, with places for sums over rows if these are wanted.
  private func reduce(
    _ rows: Range<Int>,
    width: Int,
    into sums: Matrix?,
    pool: WorkerPool,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Float>?) -> Void
  ) {
    guard !rows.isEmpty else { return }
    if let sums {
      RowBlocks(rows: rows).reduce(width: width, into: sums.base, pool: pool, body)
    } else {
      pool.ranges(count: rows.count, grain: 16) { slice in
        body(rows.lowerBound + slice.lowerBound..<rows.lowerBound + slice.upperBound, nil)
      }
    }
  }

  private func checkNorm(
    _ operation: String,
    _ input: Matrix,
    _ rows: Range<Int>,
    _ gradient: Matrix,
    _ output: Matrix
  ) throws(KernelError) {
    guard gradient.columns == input.columns, output.columns == input.columns,
      rows.lowerBound >= 0,
      rows.upperBound <= min(input.rows, gradient.rows, output.rows)
    else {
      throw .shapes(
        operation,
        "rows \(rows) of \(input.shape)",
        "gradient \(gradient.shape), output \(output.shape)"
      )
    }
  }

  private func checkVectors(
    _ operation: String,
    _ columns: Int,
    _ counts: [Int],
    _ gradients: [Matrix?]
  ) throws(KernelError) {
    for count in counts where count != columns {
      throw .shapes(operation, "weight [\(count)]", "\(columns) columns")
    }
    for case let gradient? in gradients where gradient.rows != 1 || gradient.columns != columns {
      throw .shapes(operation, "weight gradient \(gradient.shape)", "[1 × \(columns)]")
    }
  }
}
