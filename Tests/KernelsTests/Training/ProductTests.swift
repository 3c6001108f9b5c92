import Kernels
import TestSupport
import Testing

/// General products, and the backward pass of linear layers.
@Suite struct ProductTests {
  let pool = WorkerPool(threads: 3)

  /// Σ a · b per value, and Σ |a| |b| to measure errors against.
  private func expected(
    _ a: [[Double]],
    _ aT: Bool,
    _ b: [[Double]],
    _ bT: Bool,
    m: Int,
    n: Int,
    k: Int
  ) -> [[(value: Double, size: Double)]] {
    (0..<m).map { i in
      (0..<n).map { j in
        (0..<k).reduce((0, 0)) { sum, index in
          let term = (aT ? a[index][i] : a[i][index]) * (bT ? b[j][index] : b[index][j])
          return (sum.0 + term, sum.1 + abs(term))
        }
      }
    }
  }

  @Test(arguments: KernelSet.supported)
  func productsOfViewsMatch(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 41)
    for trial in 0..<90 {
      let m = Int.random(in: 1...70, using: &random)
      let n = Int.random(in: 1...140, using: &random)
      let k = trial < 84 ? Int.random(in: 1...90, using: &random) : 1000 + 23 * trial
      let aT = Bool.random(using: &random)
      let bT = Bool.random(using: &random)
      let adds = Bool.random(using: &random)
      let scale: Float = trial % 3 == 0 ? 1 : 0.375
      func view(_ rows: Int, _ columns: Int) throws -> MatrixView {
        let top = Int.random(in: 0...3, using: &random)
        let left = Int.random(in: 0...5, using: &random)
        let matrix = try Matrix(
          rows: top + rows + 1,
          columns: left + columns + trial % 2,
          using: &random
        )
        return MatrixView(matrix, rows: top..<top + rows, columns: left..<left + columns)
      }
      let a = try aT ? view(k, m) : view(m, k)
      let b = try bT ? view(n, k) : view(k, n)
      let output = try view(m, n)
      let before = output.matrix.doubles
      try kernels.product(
        a,
        transposed: aT,
        b,
        transposed: bT,
        scale: scale,
        adds: adds,
        into: output,
        pool: pool
      )
      let sums = expected(a.doubles, aT, b.doubles, bT, m: m, n: n, k: k)
      var worst = 0.0
      for (row, values) in output.matrix.doubles.enumerated() {
        for (column, found) in values.enumerated() {
          guard output.rows.contains(row), output.columns.contains(column) else {
            #expect(found == before[row][column], "outside of the output")
            continue
          }
          let sum = sums[row - output.rows.lowerBound][column - output.columns.lowerBound]
          let old = adds ? before[row][column] : 0
          let value = sum.value * Double(scale) + old
          worst = max(worst, abs(found - value) / (sum.size + abs(old)))
        }
      }
      #expect(worst < 1e-6, "\(m) × \(n) × \(k), transposed \(aT) \(bT)")
    }
  }

  @Test(arguments: KernelSet.supported)
  func transposedLinearLayersMatch(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 42)
    for (inputs, outputs, count) in [
      (1, 1, 1), (33, 31, 5), (64, 96, 48), (100, 47, 13), (70, 1100, 30), (300, 2101, 3),
    ] {
      let weights = try Matrix(rows: outputs, columns: inputs, using: &random)
      let packed = PackedMatrix(weights, using: kernels, pool: pool)
      let gradient = try Matrix(rows: count + 2, columns: outputs, using: &random)
      let sums = expected(
        gradient.doubles,
        false,
        weights.doubles,
        false,
        m: count + 2,
        n: inputs,
        k: outputs
      )
      for adds in [false, true] {
        let output = try Matrix(
          rows: count + 2,
          columns: inputs,
          values: [Float](repeating: 2, count: (count + 2) * inputs)
        )
        try kernels.linearTransposed(
          gradient,
          packed,
          rows: 1..<count + 1,
          adds: adds,
          into: output,
          pool: pool
        )
        for (row, values) in output.doubles.enumerated() {
          for (column, found) in values.enumerated() {
            let sum = sums[row][column]
            let isInside = (1..<count + 1).contains(row)
            let value = isInside ? sum.value + (adds ? 2 : 0) : 2
            #expect(abs(found - value) <= 1e-6 * (sum.size + 2))
          }
        }
      }
    }
  }

  @Test func threadsDoNotChangeProducts() throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 43)
    let a = try Matrix(rows: 200, columns: 150, using: &random)
    let b = try Matrix(rows: 150, columns: 180, using: &random)
    let results = try [1, 2, 5].map { threads in
      let output = Matrix(rows: 200, columns: 180)
      try kernels.product(a, b, into: output, pool: WorkerPool(threads: threads))
      return output.flat
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func packingAgainReplacesTheWeights() throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 44)
    let packed = PackedMatrix(
      try Matrix(rows: 70, columns: 45, using: &random),
      using: kernels,
      pool: pool
    )
    let weights = try Matrix(rows: 70, columns: 45, using: &random)
    try kernels.repack(weights, into: packed, pool: pool)
    for output in 0..<70 { #expect(packed.row(output) == weights.row(output)) }
    #expect(throws: KernelError.self) {
      try kernels.repack(Matrix(rows: 45, columns: 70), into: packed, pool: pool)
    }
  }

  @Test(arguments: QuantizedFormat.allCases)
  func quantizedMatricesTranspose(format: QuantizedFormat) throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 45)
    let (inputs, outputs) = (75, 107)
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: outputs,
      format: format,
      using: kernels,
      pool: pool
    )
    try builder.append(random.floats(inputs * outputs))
    let matrix = try builder.finish()
    let transposed = try matrix.transposed(using: kernels, pool: pool)
    #expect(transposed.inputs == outputs && transposed.outputs == inputs)
    let original = try (0..<outputs).map { try matrix.row($0) }
    // Half a step of the codes, of values that reach from about −4 to 4.
    let limit: Float = format == .int8 ? 0.02 : 0.3
    for input in 0..<inputs {
      for (output, found) in try transposed.row(input).enumerated() {
        #expect(abs(found - original[output][input]) < limit)
      }
    }
  }

  @Test func shapesThatDoNotFitAreRefused() throws {
    let kernels = try KernelSet.active()
    let a = Matrix(rows: 4, columns: 5)
    let b = Matrix(rows: 4, columns: 6)
    let output = Matrix(rows: 5, columns: 6)
    try kernels.product(a, transposed: true, b, into: output, pool: pool)
    #expect(throws: KernelError.self) {
      try kernels.product(a, b, into: output, pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.product(a, transposed: true, b, into: Matrix(rows: 6, columns: 5), pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.product(
        MatrixView(a, rows: 0..<5),
        transposed: true,
        MatrixView(b),
        into: MatrixView(output),
        pool: pool
      )
    }
    let square = Matrix(rows: 4, columns: 4)
    #expect(throws: KernelError.self) {
      try kernels.product(square, square, into: square, pool: pool)
    }
  }
}
