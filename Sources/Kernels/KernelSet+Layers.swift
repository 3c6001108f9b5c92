import CKernels

extension KernelSet {
  /// output[i] = input[i] · weights + bias for the given rows, then, where asked for, GELU and the
  /// addition of a residual.
  ///
  /// Each output row depends only on its input row, bit for bit: not on which other rows are
  /// computed with it, nor on the number of threads.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × weights.inputs].
  ///   - weights: the packed weights.
  ///   - bias: [weights.outputs], or `nil`.
  ///   - gelu: whether x · Φ(x) is applied after the bias.
  ///   - residual: [≥ rows.upperBound × weights.outputs] added last, or `nil`; may be `output`.
  ///   - rows: the rows to compute.
  ///   - output: [≥ rows.upperBound × weights.outputs]; not `input`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func linear(
    _ input: Matrix,
    _ weights: PackedMatrix,
    bias: [Float]? = nil,
    gelu: Bool = false,
    residual: Matrix? = nil,
    rows: Range<Int>,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard input.columns == weights.inputs, rows.upperBound <= input.rows else {
      throw .shapes("linear layer", "input \(input.shape)", "weights \(weights.shape)")
    }
    guard output.columns == weights.outputs, rows.upperBound <= output.rows, output !== input else {
      throw .shapes("linear layer", "output \(output.shape)", "weights \(weights.shape)")
    }
    if let bias, bias.count != weights.outputs {
      throw .shapes("linear layer", "bias [\(bias.count)]", "weights \(weights.shape)")
    }
    if let residual, residual.columns != weights.outputs || rows.upperBound > residual.rows {
      throw .shapes("linear layer", "residual \(residual.shape)", "weights \(weights.shape)")
    }
    guard !rows.isEmpty, weights.outputs > 0 else { return }

    // Few rows: each thread takes columns, and so reads only its share of the weights.
    let panels = PackedMatrix.panels(weights.outputs)
    let threads = pool.availableThreads
    let columnParts = max(1, min(threads, panels / 4))
    let rowParts = max(1, min((threads + columnParts - 1) / columnParts, rows.count / 24))
    let arguments = SharedPointer(
      (
        input: input.base, weights: weights.base, output: output.base, residual: residual?.base,
        table: table
      )
    )
    let columns = weights.outputs
    let inputs = weights.inputs
    let run: @Sendable (UnsafePointer<Float>?, Int) -> Void = { bias, part in
      let p = arguments.pointer
      let mine = WorkerPool.slice(part % columnParts, of: columnParts, count: panels)
      let first = mine.lowerBound * CK.panelWidth
      let end = min(columns, mine.upperBound * CK.panelWidth)
      let slice = WorkerPool.slice(part / columnParts, of: rowParts, count: rows.count)
      let row = rows.lowerBound + slice.lowerBound
      var task = ck_gemm(
        a: p.input + row * inputs,
        panels: p.weights + first * inputs,
        c: p.output + row * columns + first,
        bias: bias.map { $0 + first },
        residual: p.residual.map { UnsafePointer($0 + row * columns + first) },
        lda: inputs,
        ldc: columns,
        ldr: columns,
        m: slice.count,
        n: end - first,
        k: inputs,
        gelu: gelu ? 1 : 0
      )
      p.table.pointee.gemm(&task)
    }
    guard let bias else {
      pool.run(parts: columnParts * rowParts) { run(nil, $0) }
      return
    }
    bias.withUnsafeBufferPointer { buffer in
      let bias = SharedPointer(buffer.baseAddress)
      pool.run(parts: columnParts * rowParts) { run(bias.pointer, $0) }
    }
  }

  /// Normalises each of the given rows to mean 0 and variance 1, then scales and shifts it:
  /// (x − mean) / √(variance + epsilon) · gamma + beta.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func layerNorm(
    _ matrix: Matrix,
    rows: Range<Int>,
    gamma: [Float],
    beta: [Float],
    epsilon: Float,
    pool: WorkerPool
  ) throws(KernelError) {
    guard gamma.count == matrix.columns, beta.count == matrix.columns else {
      throw .shapes(
        "layer normalisation",
        "matrix \(matrix.shape)",
        "scale [\(gamma.count)], shift [\(beta.count)]"
      )
    }
    guard rows.upperBound <= matrix.rows else {
      throw .shapes("layer normalisation", "rows \(rows)", "matrix \(matrix.shape)")
    }
    gamma.withUnsafeBufferPointer { gamma in
      beta.withUnsafeBufferPointer { beta in
        guard let gamma = gamma.baseAddress, let beta = beta.baseAddress else { return }
        let p = SharedPointer((base: matrix.base, gamma: gamma, beta: beta, table: table))
        let columns = matrix.columns
        pool.ranges(count: rows.count, grain: 64) { slice in
          p.pointer.table.pointee.layer_norm(
            p.pointer.base + (rows.lowerBound + slice.lowerBound) * columns,
            columns,
            slice.count,
            columns,
            p.pointer.gamma,
            p.pointer.beta,
            epsilon
          )
        }
      }
    }
  }

  /// x · Φ(x) for each value, with the error function.
  public func gelu(_ values: inout [Float]) {
    values.withUnsafeMutableBufferPointer { values in
      if let base = values.baseAddress { table.pointee.gelu(base, values.count) }
    }
  }

  /// Each row of a matrix becomes softmax(scale · row); `scale` must be positive.
  public func softmax(_ matrix: Matrix, scale: Float = 1) {
    guard matrix.columns > 0 else { return }
    table.pointee.softmax(matrix.base, matrix.columns, matrix.rows, matrix.columns, scale)
  }

  /// The mean of the given rows.
  ///
  /// - Throws: ``KernelError`` if there are no such rows.
  public func mean(_ matrix: Matrix, rows: Range<Int>) throws(KernelError) -> [Float] {
    guard !rows.isEmpty, rows.lowerBound >= 0, rows.upperBound <= matrix.rows else {
      throw .shapes("mean", "rows \(rows)", "matrix \(matrix.shape)")
    }
    var mean = [Float](repeating: 0, count: matrix.columns)
    mean.withUnsafeMutableBufferPointer { mean in
      guard let sum = mean.baseAddress else { return }
      for row in rows {
        table.pointee.add_scaled(1, matrix.base + row * matrix.columns, sum, matrix.columns)
      }
      for index in mean.indices { mean[index] /= Float(rows.count) }
    }
    return mean
  }
}
