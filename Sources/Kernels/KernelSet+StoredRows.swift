import CKernels

extension KernelSet {
  /// output[i][j] = input[i] · weights[j] + bias[j] for the given rows, with weights that stay as they
  /// are stored. Where rows are few, and the weights are read once or twice in a process's life, this
  /// saves the packing that ``linear(_:_:bias:gelu:residual:rows:into:pool:)`` needs.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × inputs].
  ///   - weights: [bias.count × inputs] 32-bit floats row after row, of any alignment.
  ///   - bias: one value per row of the weights.
  ///   - rows: the rows to compute.
  ///   - output: [≥ rows.upperBound × bias.count]; not `input`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func multiply(
    _ input: Matrix,
    storedRows weights: UnsafeRawBufferPointer,
    bias: [Float],
    rows: Range<Int>,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let (inputs, outputs) = (input.columns, bias.count)
    guard weights.count == outputs * inputs * MemoryLayout<Float>.stride,
      rows.upperBound <= input.rows
    else {
      throw .shapes("multiplying", "input \(input.shape)", "\(weights.count) bytes of weights")
    }
    guard output.columns == outputs, rows.upperBound <= output.rows, output !== input else {
      throw .shapes("multiplying", "output \(output.shape)", "[\(outputs)] outputs")
    }
    // The C code loads with instructions that accept any alignment.
    guard let base = weights.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
    bias.withUnsafeBufferPointer { bias in
      guard let bias = bias.baseAddress else { return }
      let p = SharedPointer(
        (input: input.base, weights: base, bias: bias, output: output.base, table: table)
      )
      pool.ranges(count: outputs, grain: 512) { range in
        let p = p.pointer
        for output in range {
          let weights = p.weights + output * inputs
          for row in rows {
            p.output[row * outputs + output] =
              p.table.pointee.dot(p.input + row * inputs, weights, inputs) + p.bias[output]
          }
        }
      }
    }
  }
}
