import CKernels

extension KernelSet {
  /// The gradient of a linear layer's input: output = gradient · W for the given rows, or output +
  /// that where `adds`, with W [outputs × inputs] as
  /// ``linear(_:_:bias:gelu:residual:rows:into:pool:)`` takes it.
  ///
  /// There is no second copy of the weights: each thread transposes panels as it needs them, which
  /// costs little where there are a hundred rows or more.
  ///
  /// - Parameters:
  ///   - gradient: [≥ rows.upperBound × weights.outputs].
  ///   - weights: the packed weights.
  ///   - rows: the rows to compute.
  ///   - adds: whether the product is added to what `output` holds.
  ///   - output: [≥ rows.upperBound × weights.inputs]; not `gradient`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func linearTransposed(
    _ gradient: Matrix,
    _ weights: PackedMatrix,
    rows: Range<Int>,
    adds: Bool = false,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard gradient.columns == weights.outputs, rows.lowerBound >= 0,
      rows.upperBound <= gradient.rows
    else {
      throw .shapes("linear layer backwards", "gradient \(gradient.shape)", weights.shape)
    }
    guard output.columns == weights.inputs, rows.upperBound <= output.rows, output !== gradient
    else {
      throw .shapes("linear layer backwards", "output \(output.shape)", weights.shape)
    }
    let inputs = weights.inputs
    let outputs = weights.outputs
    guard !rows.isEmpty, inputs > 0 else { return }
    guard outputs > 0 else {
      if !adds { for row in rows { output.withRow(row) { $0.update(repeating: 0) } } }
      return
    }

    let panels = PackedMatrix.panels(inputs)
    let p = SharedPointer(
      (
        gradient: gradient.base, weights: weights.base, output: output.base, table: table,
        training: training
      )
    )
    pool.ranges(count: panels, grain: 1) { panels in
      let p = p.pointer
      let width = CK.panelWidth
      let depth = min(Self.transposedDepth, PackedMatrix.panels(outputs) * width)
      let group = min(Self.transposedPanels, panels.count)
      let scratch = FloatBuffer(count: depth * width * group, isZeroed: false)
      var first = 0
      while first < outputs {
        let count = min(depth, outputs - first)
        var panel = panels.lowerBound
        while panel < panels.upperBound {
          let end = min(panels.upperBound, panel + group)
          let column = panel * width
          let columns = min(inputs, end * width) - column
          // A block of 32 inputs and 32 outputs lies together, and so do blocks of the same outputs.
          for block in 0..<PackedMatrix.panels(count) {
            for index in panel..<end {
              p.table.pointee.pack(
                p.weights + (first + block * width) * inputs + index * width * width,
                width,
                min(width, inputs - index * width),
                min(width, count - block * width),
                scratch.base + (index - panel) * count * width + block * width * width
              )
            }
          }
          var task = ck_product(
            a: p.gradient + rows.lowerBound * outputs + first,
            b: scratch.base,
            c: p.output + rows.lowerBound * inputs + column,
            lda: outputs,
            ldb: width,
            panel: count * width,
            ldc: inputs,
            m: rows.count,
            n: columns,
            k: count,
            scale: 1,
            transposed: 0,
            adds: adds || first > 0 ? 1 : 0
          )
          p.training.pointee.product(&task)
          panel = end
        }
        first += count
      }
    }
  }

  /// Outputs and panels of inputs whose weights are transposed at once: 512 KiB.
  private static let transposedDepth = 512
  private static let transposedPanels = 8

  /// The gradient of a bias: the sum of each column over the given rows is added to it.
  ///
  /// - Parameters:
  ///   - gradient: [≥ rows.upperBound × columns].
  ///   - rows: the rows to add up, in an order that does not depend on the number of threads.
  ///   - biasGradient: [1 × columns].
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func addColumnSums(
    _ gradient: Matrix,
    rows: Range<Int>,
    into biasGradient: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let columns = gradient.columns
    guard biasGradient.rows == 1, biasGradient.columns == columns, rows.lowerBound >= 0,
      rows.upperBound <= gradient.rows
    else {
      throw .shapes(
        "column sums",
        "rows \(rows) of \(gradient.shape)",
        "bias gradient \(biasGradient.shape)"
      )
    }
    let p = SharedPointer((gradient: gradient.base, table: table))
    let blocks = RowBlocks(rows: rows)
    blocks.reduce(width: columns, into: biasGradient.base, pool: pool) { rows, sums in
      for row in rows {
        p.pointer.table.pointee.add_scaled(1, p.pointer.gradient + row * columns, sums, columns)
      }
    }
  }

  /// Packs weights that have changed, in place of what was packed before.
  ///
  /// - Parameters:
  ///   - weights: [outputs × inputs].
  ///   - packed: a packed matrix of that shape, which nothing else may use during the call.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func repack(
    _ weights: Matrix,
    into packed: PackedMatrix,
    pool: WorkerPool
  ) throws(KernelError) {
    guard weights.columns == packed.inputs, weights.rows == packed.outputs else {
      throw .shapes("packing", "weights \(weights.shape)", "packed matrix \(packed.shape)")
    }
    packed.pack(weights, using: self, pool: pool)
  }
}
