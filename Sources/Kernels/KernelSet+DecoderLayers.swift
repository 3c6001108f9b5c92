import CKernels

extension KernelSet {
  /// Scales each of the given rows to a root mean square of 1, then by the weights:
  /// x / √(mean(x²) + epsilon) · (weight + shift).
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × columns].
  ///   - rows: the rows to normalise.
  ///   - weight: [columns].
  ///   - shift: added to each weight; 1 for models that store weight − 1.
  ///   - epsilon: keeps a row of zeros finite.
  ///   - output: as `input`, and may be it.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func rmsNorm(
    _ input: Matrix,
    rows: Range<Int>,
    weight: [Float],
    shift: Float = 0,
    epsilon: Float,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard weight.count == input.columns, output.columns == input.columns else {
      throw .shapes("RMS norm", "input \(input.shape)", "weight [\(weight.count)]")
    }
    guard rows.lowerBound >= 0, rows.upperBound <= min(input.rows, output.rows) else {
      throw .shapes("RMS norm", "rows \(rows)", "input \(input.shape), output \(output.shape)")
    }
    let columns = input.columns
    weight.withUnsafeBufferPointer { weight in
      guard let weight = weight.baseAddress else { return }
      let p = SharedPointer(
        (input: input.base, output: output.base, weight: weight, kernels: decoder)
      )
      pool.ranges(count: rows.count, grain: max(1, 32_768 / columns)) { slice in
        let first = (rows.lowerBound + slice.lowerBound) * columns
        p.pointer.kernels.pointee.rms_norm(
          p.pointer.input + first,
          columns,
          p.pointer.output + first,
          columns,
          slice.count,
          columns,
          p.pointer.weight,
          shift,
          epsilon
        )
      }
    }
  }

  /// ``rmsNorm(_:rows:weight:shift:epsilon:into:pool:)`` of each head by itself, in place: heads of
  /// `weight.count` values side by side from a column on.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func rmsNormHeads(
    _ matrix: Matrix,
    rows: Range<Int>,
    column: Int,
    heads: Int,
    weight: [Float],
    shift: Float = 0,
    epsilon: Float,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkHeads("RMS norm of heads", matrix, rows, column, heads, weight.count)
    let columns = matrix.columns
    weight.withUnsafeBufferPointer { weight in
      let size = weight.count
      guard let weight = weight.baseAddress else { return }
      let p = SharedPointer((base: matrix.base, weight: weight, kernels: decoder))
      pool.ranges(count: rows.count, grain: max(1, 32_768 / max(1, heads * size))) { slice in
        for row in slice {
          let first = p.pointer.base + (rows.lowerBound + row) * columns + column
          p.pointer.kernels.pointee.rms_norm(
            first,
            size,
            first,
            size,
            heads,
            size,
            p.pointer.weight,
            shift,
            epsilon
          )
        }
      }
    }
  }

  /// Turns heads by the angles of their positions, in place: heads of `headSize` values side by side
  /// from a column on; row rows.lowerBound + i is at position angles.positions.lowerBound + i.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func rotate(
    _ matrix: Matrix,
    rows: Range<Int>,
    column: Int,
    heads: Int,
    headSize: Int,
    by angles: RotaryAngles,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkHeads("rotary embedding", matrix, rows, column, heads, headSize)
    guard rows.count <= angles.positions.count, 2 * angles.pairs <= headSize else {
      throw .shapes(
        "rotary embedding",
        "\(rows.count) rows of heads [\(headSize)]",
        "angles of \(angles.positions.count) positions, \(angles.pairs) pairs"
      )
    }
    let columns = matrix.columns
    let pairs = angles.pairs
    let interleaved: Int32 = angles.pairing == .neighbours ? 1 : 0
    angles.cosines.withUnsafeBufferPointer { cosines in
      angles.sines.withUnsafeBufferPointer { sines in
        guard let cosines = cosines.baseAddress, let sines = sines.baseAddress else { return }
        let p = SharedPointer(
          (base: matrix.base, cosines: cosines, sines: sines, kernels: decoder)
        )
        pool.ranges(count: rows.count, grain: max(1, 32_768 / max(1, heads * headSize))) { slice in
          for row in slice {
            var head = p.pointer.base + (rows.lowerBound + row) * columns + column
            for _ in 0..<heads {
              p.pointer.kernels.pointee.rotate(
                head,
                p.pointer.cosines + row * pairs,
                p.pointer.sines + row * pairs,
                pairs,
                interleaved
              )
              head += headSize
            }
          }
        }
      }
    }
  }

  /// output = activation(gate) · up, element by element, for rows that hold gate and up side by
  /// side.
  ///
  /// - Parameters:
  ///   - projections: [≥ rows.upperBound × 2 · columns]: the gate first, then up.
  ///   - rows: the rows to compute.
  ///   - activation: what is applied to the gate.
  ///   - output: [≥ rows.upperBound × columns]; not `projections`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func gate(
    _ projections: Matrix,
    rows: Range<Int>,
    activation: GatedActivation,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard projections.columns == 2 * output.columns, rows.lowerBound >= 0,
      rows.upperBound <= min(projections.rows, output.rows)
    else {
      throw .shapes(
        "gated activation",
        "rows \(rows) of \(projections.shape)",
        "output \(output.shape)"
      )
    }
    let columns = output.columns
    guard columns > 0 else { return }
    let p = SharedPointer((input: projections.base, output: output.base, kernels: decoder))
    pool.ranges(count: rows.count, grain: max(1, 8192 / columns)) { slice in
      for row in rows.lowerBound + slice.lowerBound..<rows.lowerBound + slice.upperBound {
        let gate = p.pointer.input + row * 2 * columns
        let out = p.pointer.output + row * columns
        switch activation {
        case .silu: p.pointer.kernels.pointee.silu_multiply(gate, gate + columns, out, columns)
        case .geluTanh: p.pointer.kernels.pointee.gelu_multiply(gate, gate + columns, out, columns)
        }
      }
    }
  }

  /// Whether heads of a size lie within the columns of a matrix.
  func checkHeads(
    _ operation: String,
    _ matrix: Matrix,
    _ rows: Range<Int>,
    _ column: Int,
    _ heads: Int,
    _ size: Int
  ) throws(KernelError) {
    let (width, overflow) = heads.multipliedReportingOverflow(by: size)
    guard !overflow, heads >= 0, size > 0, column >= 0, column <= matrix.columns,
      width <= matrix.columns - column, rows.lowerBound >= 0, rows.upperBound <= matrix.rows
    else {
      throw .shapes(
        operation,
        "\(heads) heads [\(size)] at column \(column) of rows \(rows)",
        "matrix \(matrix.shape)"
      )
    }
  }
}
