import CKernels

extension KernelSet {
  /// Writes rows of a matrix in 8 bits with one scale per row and group of 32 columns; rounding is
  /// to the nearest code. A group that holds an infinity or no number makes every product with it
  /// no number.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × columns].
  ///   - rows: the rows to take; they become rows 0 … of the result.
  ///   - activations: the result, with room for them.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func quantize(
    _ input: Matrix,
    rows: Range<Int>,
    into activations: QuantizedActivations,
    pool: WorkerPool
  ) throws(KernelError) {
    guard rows.lowerBound >= 0, rows.upperBound <= input.rows, rows.count <= activations.capacity,
      input.columns <= activations.widest
    else {
      throw .shapes(
        "quantising activations",
        "rows \(rows) of \(input.shape)",
        "workspace [\(activations.capacity) × \(activations.widest)]"
      )
    }
    let columns = input.columns
    activations.reshape(rows: rows.count, columns: columns)
    guard columns > 0 else { return }
    let p = SharedPointer((input: input.base, kernels: decoder))
    pool.ranges(count: rows.count, grain: max(1, 16_384 / columns)) { range in
      p.pointer.kernels.pointee.quantize(
        p.pointer.input + (rows.lowerBound + range.lowerBound) * columns,
        columns,
        range.count,
        columns,
        activations.pointers(from: range.lowerBound)
      )
    }
  }

  /// output[row + i] = activations[i] · weights + bias + residual[row + i] for all rows that the
  /// activations hold. Products are summed in integers within a group of 32 inputs, in f32 across
  /// groups.
  ///
  /// Each output row depends only on its own activations, bit for bit: not on which other rows are
  /// computed with it, nor on the number of threads. Matrices of one row take the path that reads
  /// the weights at memory speed, divided over all threads.
  ///
  /// - Parameters:
  ///   - activations: [n × weights.inputs], from ``quantize(_:rows:into:pool:)``.
  ///   - weights: the quantised weights.
  ///   - bias: [weights.outputs], or `nil`.
  ///   - residual: [≥ row + n × weights.outputs] added last, or `nil`; may be `output`.
  ///   - output: [≥ row + n × weights.outputs].
  ///   - row: where the first result row goes.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func multiply(
    _ activations: QuantizedActivations,
    by weights: QuantizedMatrix,
    bias: [Float]? = nil,
    residual: Matrix? = nil,
    into output: Matrix,
    at row: Int = 0,
    pool: WorkerPool
  ) throws(KernelError) {
    guard activations.columns == weights.inputs else {
      throw .shapes(
        "quantised product",
        "activations \(activations.shape)",
        "weights \(weights.shape)"
      )
    }
    let count = activations.rows
    guard output.columns == weights.outputs, row >= 0, count <= output.rows - row else {
      throw .shapes(
        "quantised product",
        "\(count) rows at \(row) of \(output.shape)",
        "weights \(weights.shape)"
      )
    }
    if let bias, bias.count != weights.outputs {
      throw .shapes("quantised product", "bias [\(bias.count)]", "weights \(weights.shape)")
    }
    if let residual, residual.columns != weights.outputs || count > residual.rows - row {
      throw .shapes("quantised product", "residual \(residual.shape)", "weights \(weights.shape)")
    }
    guard count > 0 else { return }
    guard let bias else {
      multiply(activations, weights, nil, residual, output, row, pool)
      return
    }
    bias.withUnsafeBufferPointer {
      multiply(activations, weights, $0.baseAddress, residual, output, row, pool)
    }
  }

  /// The work itself, for shapes that fit.
  private func multiply(
    _ activations: QuantizedActivations,
    _ weights: QuantizedMatrix,
    _ bias: UnsafePointer<Float>?,
    _ residual: Matrix?,
    _ output: Matrix,
    _ row: Int,
    _ pool: WorkerPool
  ) {
    let count = activations.rows
    let outputs = weights.outputs
    let panels = PackedMatrix.panels(outputs)
    // Each thread takes outputs, and so reads only its share of the weights. More parts than
    // threads where there is much to do, so that a thread that was held up does not hold up all.
    let threads = pool.availableThreads
    let wanted = threads == 1 ? 1 : count < 8 ? threads : threads * 4
    let columnParts = max(1, min(wanted, panels / 2))
    let rowParts = max(1, min((threads + columnParts - 1) / columnParts, count / 24))
    let p = SharedPointer(
      (
        output: output.base + row * outputs,
        residual: residual.map { UnsafePointer($0.base + row * outputs) },
        bias: bias, kernels: decoder
      )
    )
    pool.run(parts: columnParts * rowParts) { part in
      let p = p.pointer
      let mine = WorkerPool.slice(part % columnParts, of: columnParts, count: panels)
      let first = mine.lowerBound * CK.panelWidth
      let end = min(outputs, mine.upperBound * CK.panelWidth)
      let slice = WorkerPool.slice(part / columnParts, of: rowParts, count: count)
      let offset = slice.lowerBound * outputs + first
      var product = ck_quantized_product(
        x: activations.pointers(from: slice.lowerBound),
        panels: weights.base + mine.lowerBound * weights.panelBytes,
        c: p.output + offset,
        bias: p.bias.map { $0 + first },
        residual: p.residual.map { $0 + offset },
        ldc: outputs,
        ldr: outputs,
        m: slice.count,
        n: end - first,
        groups: weights.groups,
        format: weights.format.identifier
      )
      p.kernels.pointee.multiply(&product)
    }
  }
}
