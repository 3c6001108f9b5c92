import CKernels

extension KernelSet {
  /// output[i] += B · A · input[i] for the given rows, each update in its range of the outputs.
  ///
  /// As for a linear layer, each output row depends only on its input row, bit for bit.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × update.inputs].
  ///   - update: the packed updates.
  ///   - activations: `rows` of the input as ``quantize(_:rows:into:pool:)`` wrote them, for an update
  ///     that is quantised; the input itself is not read then.
  ///   - rows: the rows to compute.
  ///   - output: [≥ rows.upperBound × outputs]; not `input`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func addLowRank(
    _ input: Matrix,
    _ update: LowRankMatrices,
    activations: QuantizedActivations? = nil,
    rows: Range<Int>,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard rows.lowerBound >= 0, rows.upperBound <= output.rows, output !== input,
      update.parts.allSatisfy({ $0.up.outputs <= output.columns - $0.column })
    else {
      throw .shapes("low-rank update", "output \(output.shape)", "rows \(rows)")
    }
    guard !rows.isEmpty, update.rank > 0 else { return }
    let middle = Matrix(rows: rows.upperBound, columns: update.rank)
    switch update.down {
    case .float(let down): try linear(input, down, rows: rows, into: middle, pool: pool)
    case .quantized(let down):
      guard let activations, activations.rows == rows.count else {
        throw .shapes("low-rank update", "activations", "rows \(rows) of \(input.shape)")
      }
      try multiply(activations, by: down, into: middle, at: rows.lowerBound, pool: pool)
    }

    // Panels of all parts in one order, so that one job shares them evenly.
    var firsts: [Int] = []
    var panels = 0
    for part in update.parts {
      firsts.append(panels)
      panels += PackedMatrix.panels(part.up.outputs)
    }
    let threads = pool.availableThreads
    let columnParts = max(1, min(threads, panels / 4))
    let rowParts = max(1, min((threads + columnParts - 1) / columnParts, rows.count / 24))
    let p = SharedPointer(
      (middle: UnsafePointer(middle.base), output: output.base, table: table)
    )
    let (rank, columns) = (update.rank, output.columns)
    let (starts, count) = (firsts, panels)
    pool.run(parts: columnParts * rowParts) { job in
      let mine = WorkerPool.slice(job % columnParts, of: columnParts, count: count)
      let slice = WorkerPool.slice(job / columnParts, of: rowParts, count: rows.count)
      let row = rows.lowerBound + slice.lowerBound
      for (part, start) in zip(update.parts, starts) {
        let lower = max(0, mine.lowerBound - start) * CK.panelWidth
        let upper = min(part.up.outputs, (mine.upperBound - start) * CK.panelWidth)
        guard lower < upper else { continue }
        let first = p.pointer.output + row * columns + part.column + lower
        var task = ck_gemm(
          a: p.pointer.middle + row * rank + part.middle,
          panels: part.up.base + lower * part.up.inputs,
          c: first,
          bias: nil,
          residual: UnsafePointer(first),
          lda: rank,
          ldc: columns,
          ldr: columns,
          m: slice.count,
          n: upper - lower,
          k: part.up.inputs,
          gelu: 0
        )
        p.pointer.table.pointee.gemm(&task)
      }
    }
  }

  /// output[i] = output[i] · gains + shifts, column by column, for the given rows.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func scaleColumns(
    _ output: Matrix,
    rows: Range<Int>,
    gains: [Float],
    shifts: [Float]
  ) throws(KernelError) {
    guard gains.count == output.columns, shifts.count == output.columns, rows.lowerBound >= 0,
      rows.upperBound <= output.rows
    else {
      throw .shapes(
        "scaling of columns",
        "gains [\(gains.count)], shifts [\(shifts.count)]",
        "output \(output.shape)"
      )
    }
    for row in rows {
      let values = output.base + row * output.columns
      for column in gains.indices {
        values[column] = values[column] * gains[column] + shifts[column]
      }
    }
  }
}
