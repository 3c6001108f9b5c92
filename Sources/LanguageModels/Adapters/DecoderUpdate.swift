import Kernels

/// What an adapter changes about one matrix of a decoder's forward pass.
struct DecoderUpdate: Sendable {
  /// The low-rank products, each for its range of the outputs.
  let matrices: LowRankMatrices
  /// The factors on the base model's outputs, and what is then added, where layers are decomposed.
  let rescaling: (gains: [Float], shifts: [Float])?

  /// Prepares the updates of the layers that make up one matrix.
  ///
  /// - Parameters:
  ///   - updates: the updates with the range of outputs of each.
  ///   - linear: the base model's layer.
  ///   - inputs: length of the vectors that go in.
  ///   - outputs: length of the vectors that come out.
  ///   - kernels: the kernels to use.
  ///   - pool: the threads to use.
  /// - Throws: `KernelError` if shapes do not fit.
  init(
    _ updates: [(update: LowRankUpdate, outputs: Range<Int>)],
    of linear: DecoderLinear,
    inputs: Int,
    outputs: Int,
    kernels: KernelSet,
    pool: WorkerPool
  ) throws(KernelError) {
    var parts: [(column: Int, rank: Int, a: [Float], b: [Float])] = []
    var gains = [Float](repeating: 1, count: outputs)
    for (update, range) in updates {
      var b = update.b.map { $0 * update.scale }
      if let magnitude = update.magnitude {
        let norms = try linear.weights.rowNorms(range, plus: update, pool: pool)
        for (row, column) in range.enumerated() {
          // A row of zeros stays one.
          let gain = norms[row] > 0 ? magnitude[row] / norms[row] : 0
          gains[column] = gain
          for index in row * update.rank..<(row + 1) * update.rank { b[index] *= gain }
        }
      }
      parts.append((range.lowerBound, update.rank, update.a, b))
    }
    // A in 8 bits takes the activations that the layer's own quantised weights take.
    let format: QuantizedFormat? =
      switch linear.weights {
      case .float: nil
      case .quantized: .int8
      }
    matrices = try LowRankMatrices(
      inputs: inputs,
      updates: parts,
      as: format,
      using: kernels,
      pool: pool
    )
    guard updates.contains(where: { $0.update.magnitude != nil }) else {
      rescaling = nil
      return
    }
    let bias = linear.bias ?? [Float](repeating: 0, count: outputs)
    // The bias is not scaled: gain · (y − bias) + bias.
    rescaling = (gains, zip(gains, bias).map { (1 - $0) * $1 })
  }
}

extension DecoderMatrix {
  /// The weights of one output.
  ///
  /// - Throws: `KernelError` if there is no such output.
  func row(_ output: Int) throws(KernelError) -> [Float] {
    switch self {
    case .float(let matrix): matrix.row(output)
    case .quantized(let matrix): try matrix.row(output)
    }
  }

  /// The lengths of some rows of W + scale · B · A.
  fileprivate func rowNorms(
    _ rows: Range<Int>,
    plus update: LowRankUpdate,
    pool: WorkerPool
  ) throws(KernelError) -> [Float] {
    let norms = Matrix(rows: 1, columns: rows.count)
    do {
      try pool.run(parts: rows.count) { index in
        let norm = update.rowNorm(index, of: try row(rows.lowerBound + index))
        norms.withRow(0) { $0[index] = norm }
      }
    } catch let error as KernelError {
      throw error
    } catch {
      preconditionFailure("only kernels were run")
    }
    return norms.row(0)
  }
}

extension LowRankUpdate {
  /// A row of the base model's weight as the adapter changes it.
  package func merged(row: Int, _ weights: some Collection<Float>) -> [Float] {
    var sum = adding(toRow: row, weights)
    guard let magnitude else { return sum }
    let norm = Self.norm(sum)
    // A row of zeros stays one.
    let gain = norm > 0 ? magnitude[row] / norm : 0
    for column in sum.indices { sum[column] *= gain }
    return sum
  }

  /// A row of the base model's weight with scale · B · A added.
  private func adding(toRow row: Int, _ weights: some Collection<Float>) -> [Float] {
    var sum = Array(weights)
    for index in 0..<rank {
      let factor = scale * b[row * rank + index]
      let first = index * inputs
      for column in sum.indices { sum[column] += factor * a[first + column] }
    }
    return sum
  }

  /// The length of a row of the weight with scale · B · A added.
  func rowNorm(_ row: Int, of weights: [Float]) -> Float {
    Self.norm(adding(toRow: row, weights))
  }

  private static func norm(_ values: [Float]) -> Float {
    Float(values.reduce(into: 0.0) { $0 += Double($1) * Double($1) }.squareRoot())
  }
}
