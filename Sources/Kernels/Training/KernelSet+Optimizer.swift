import CKernels

extension KernelSet {
  /// One step of AdamW as PyTorch takes it: the value shrinks by learning rate · weight decay, then
  /// moves against first / (1 − β₁ᵗ) / (√(second / (1 − β₂ᵗ)) + ε) times the learning rate.
  ///
  /// - Parameters:
  ///   - value: what is trained.
  ///   - gradient: of the same shape.
  ///   - first: the mean of gradients, of the same shape; zeros before the first step.
  ///   - second: the mean of squared gradients, of the same shape; zeros before the first step.
  ///   - step: the numbers of the step.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func adamW(
    _ value: Matrix,
    gradient: Matrix,
    first: Matrix,
    second: Matrix,
    _ step: AdamWStep,
    pool: WorkerPool
  ) throws(KernelError) {
    for other in [gradient, first, second] { try checkSame("AdamW", value, other) }
    guard step.step > 0 else {
      throw .shapes("AdamW", "step \(step.step)", "steps counted from 1")
    }
    let constants = step.constants
    let p = SharedPointer(
      (
        value: value.base, gradient: gradient.base, first: first.base, second: second.base,
        kernels: training
      )
    )
    pool.ranges(count: value.rows * value.columns, grain: Self.elementGrain) { range in
      let p = p.pointer
      let start = range.lowerBound
      withUnsafePointer(to: constants) { constants in
        p.kernels.pointee.adamw(
          p.value + start,
          p.gradient + start,
          p.first + start,
          p.second + start,
          range.count,
          constants
        )
      }
    }
  }

  /// Σ x² over all values, in an order that does not depend on the number of threads.
  public func sumOfSquares(_ matrix: Matrix, pool: WorkerPool) -> Double {
    let count = matrix.rows * matrix.columns
    let block = Self.elementGrain
    let blocks = (count + block - 1) / block
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: blocks) { sums in
      guard let base = sums.baseAddress else { return 0 }
      let p = SharedPointer((sums: base, values: matrix.base, kernels: training))
      pool.ranges(count: blocks, grain: 1) { range in
        for index in range {
          let start = index * block
          (p.pointer.sums + index).initialize(
            to: p.pointer.kernels.pointee.sum_of_squares(
              p.pointer.values + start,
              min(block, count - start)
            )
          )
        }
      }
      return sums.reduce(0, +)
    }
  }

  /// sum += scale · matrix.
  ///
  /// - Throws: ``KernelError`` if the shapes differ.
  public func add(
    _ matrix: Matrix,
    scale: Float = 1,
    into sum: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkSame("sum", sum, matrix)
    let p = SharedPointer((values: matrix.base, sum: sum.base, table: table))
    pool.ranges(count: sum.rows * sum.columns, grain: Self.elementGrain) { range in
      let start = range.lowerBound
      p.pointer.table.pointee.add_scaled(
        scale,
        p.pointer.values + start,
        p.pointer.sum + start,
        range.count
      )
    }
  }

  /// Multiplies all values by a factor.
  public func scale(_ matrix: Matrix, by factor: Float, pool: WorkerPool) {
    let p = SharedPointer((values: matrix.base, kernels: training))
    pool.ranges(count: matrix.rows * matrix.columns, grain: Self.elementGrain) { range in
      p.pointer.kernels.pointee.scale(p.pointer.values + range.lowerBound, range.count, factor)
    }
  }

  /// Values that are worth a thread.
  private static let elementGrain = 32_768

  private func checkSame(
    _ operation: String,
    _ matrix: Matrix,
    _ other: Matrix
  ) throws(KernelError) {
    guard matrix.rows == other.rows, matrix.columns == other.columns else {
      throw .shapes(operation, matrix.shape, other.shape)
    }
  }
}
