import CKernels

extension KernelSet {
  /// Σ weight · (−log softmax(logits)[target]) over the given rows; the logits are overwritten with
  /// its gradient.
  ///
  /// - Parameters:
  ///   - logits: [≥ rows.upperBound × vocabulary].
  ///   - rows: the rows to compute.
  ///   - targets: the target of each of the rows.
  ///   - weights: the weight of each of the rows. Where it is 0 the target does not count, whatever
  ///     it is, and the gradient is 0.
  ///   - softcap: logits become cap · tanh(logit / cap) first; `nil` for none.
  ///   - pool: the threads to use.
  /// - Returns: the weighted sum, in nats, added up in the order of the rows.
  /// - Throws: ``KernelError`` if the shapes do not fit or a target is not in the vocabulary.
  public func crossEntropy(
    _ logits: Matrix,
    rows: Range<Int>,
    targets: [Int32],
    weights: [Float],
    softcap: Float? = nil,
    pool: WorkerPool
  ) throws(KernelError) -> Double {
    try crossEntropy(logits, rows, targets, weights, softcap, givesGradient: true, pool)
  }

  /// The same without the gradient: the logits stay as they are.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit or a target is not in the vocabulary.
  public func crossEntropyLoss(
    _ logits: Matrix,
    rows: Range<Int>,
    targets: [Int32],
    weights: [Float],
    softcap: Float? = nil,
    pool: WorkerPool
  ) throws(KernelError) -> Double {
    try crossEntropy(logits, rows, targets, weights, softcap, givesGradient: false, pool)
  }

  private func crossEntropy(
    _ logits: Matrix,
    _ rows: Range<Int>,
    _ targets: [Int32],
    _ weights: [Float],
    _ softcap: Float?,
    givesGradient: Bool,
    _ pool: WorkerPool
  ) throws(KernelError) -> Double {
    guard rows.lowerBound >= 0, rows.upperBound <= logits.rows, targets.count == rows.count,
      weights.count == rows.count, softcap ?? 1 > 0
    else {
      throw .shapes(
        "cross entropy",
        "rows \(rows) of \(logits.shape)",
        "\(targets.count) targets, \(weights.count) weights"
      )
    }
    let columns = logits.columns
    for (target, weight) in zip(targets, weights)
    where weight != 0 && !(0..<columns).contains(Int(target)) {
      throw .shapes("cross entropy", "target \(target)", "\(columns) logits")
    }
    let losses = Matrix(rows: 1, columns: 2 * rows.count)
    let kernels = training
    let p = SharedPointer((logits: logits.base, losses: losses.base, kernels: kernels))
    pool.ranges(count: rows.count, grain: 1) { slice in
      let p = p.pointer
      for index in slice {
        let row = p.logits + (rows.lowerBound + index) * columns
        let weight = weights[index]
        guard weight != 0 else {
          if givesGradient { row.update(repeating: 0, count: columns) }
          continue
        }
        let loss = p.kernels.pointee.cross_entropy(
          row,
          columns,
          Int(targets[index]),
          softcap ?? 0,
          weight,
          givesGradient ? row : nil
        )
        UnsafeMutableRawPointer(p.losses).storeBytes(
          of: loss * Double(weight),
          toByteOffset: index * MemoryLayout<Double>.stride,
          as: Double.self
        )
      }
    }
    let sums = UnsafeRawPointer(losses.base)
    return rows.indices.reduce(0) { sum, row in
      let offset = (row - rows.lowerBound) * MemoryLayout<Double>.stride
      return sum + sums.load(fromByteOffset: offset, as: Double.self)
    }
  }
}
