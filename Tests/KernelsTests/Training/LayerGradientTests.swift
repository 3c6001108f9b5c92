import Foundation
import Kernels
import TestSupport
import Testing

/// Backward passes of norms and activations, against differences of the forward pass in double
/// precision.
@Suite struct LayerGradientTests {
  let pool = WorkerPool(threads: 2)
  static let widths = [1, 5, 16, 37]

  /// Rows of which the first and the last are not computed.
  private let count = 5
  private let inner = 1..<4

  /// Σ gradient · output over the inner rows.
  private func loss(_ output: [[Double]], _ gradient: Matrix) -> Double {
    inner.reduce(0) { sum, row in
      sum + zip(output[row], gradient.row(row)).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }

  private func expectClose(_ found: [Double], _ expected: [Double], _ what: String) {
    #expect(FiniteDifferences.error(found, expected) < 5e-6, "\(what)")
  }

  @Test(arguments: KernelSet.supported, widths)
  func rmsNorms(variant: KernelVariant, columns: Int) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: UInt64(columns))
    let input = try Matrix(rows: count, columns: columns, using: &random)
    let gradient = try Matrix(rows: count, columns: columns, using: &random)
    let weight = random.floats(columns)
    func loss(_ values: [Double], _ weight: [Double]) -> Double {
      let output = rows(values, of: columns).map {
        TrainingReference.rmsNorm($0, weight: weight, shift: 1, epsilon: 0.1)
      }
      return self.loss(output, gradient)
    }
    let weights = weight.map(Double.init)
    let inputGradient = Matrix(rows: count, columns: columns)
    inputGradient.fill(1)
    let weightGradient = Matrix(rows: 1, columns: columns)
    weightGradient.fill(1)
    try kernels.rmsNormBackward(
      input,
      rows: inner,
      weight: weight,
      shift: 1,
      epsilon: 0.1,
      gradient: gradient,
      into: inputGradient,
      weightGradient: weightGradient,
      pool: pool
    )
    let values = input.flat
    expectClose(
      inputGradient.flat,
      FiniteDifferences.gradient(at: values) { loss($0, weights) }.map { $0 + 1 },
      "input"
    )
    expectClose(
      weightGradient.flat,
      FiniteDifferences.gradient(at: weights) { loss(values, $0) }.map { $0 + 1 },
      "weight"
    )
  }

  @Test(arguments: KernelSet.supported)
  func rmsNormsOfHeads(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 51)
    let (columns, column, heads, size) = (40, 3, 3, 11)
    let input = try Matrix(rows: count, columns: columns, using: &random)
    let gradient = try Matrix(rows: count, columns: columns, using: &random)
    let original = try Matrix(
      rows: count,
      columns: columns,
      values: (0..<count).flatMap(gradient.row)
    )
    let weight = random.floats(size)
    func loss(_ values: [Double], _ weight: [Double]) -> Double {
      var output = rows(values, of: columns)
      for row in inner {
        for head in 0..<heads {
          let place = column + head * size..<column + (head + 1) * size
          output[row].replaceSubrange(
            place,
            with: TrainingReference.rmsNorm(
              Array(output[row][place]),
              weight: weight,
              shift: 0,
              epsilon: 0.1
            )
          )
        }
      }
      return self.loss(output, original)
    }
    let weightGradient = Matrix(rows: 1, columns: size)
    try kernels.rmsNormHeadsBackward(
      input,
      rows: inner,
      column: column,
      heads: heads,
      weight: weight,
      epsilon: 0.1,
      gradient: gradient,
      weightGradient: weightGradient,
      pool: pool
    )
    let weights = weight.map(Double.init)
    var expected = FiniteDifferences.gradient(at: input.flat) { loss($0, weights) }
    // What is not computed stays.
    for row in [0, count - 1] {
      expected.replaceSubrange(
        row * columns..<(row + 1) * columns,
        with: original.row(row).map(Double.init)
      )
    }
    expectClose(gradient.flat, expected, "heads")
    expectClose(
      weightGradient.flat,
      FiniteDifferences.gradient(at: weights) { loss(input.flat, $0) },
      "weight"
    )
  }

  @Test(arguments: KernelSet.supported, widths)
  func layerNorms(variant: KernelVariant, columns: Int) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: UInt64(columns))
    let input = try Matrix(rows: count, columns: columns, using: &random)
    let gradient = try Matrix(rows: count, columns: columns, using: &random)
    let gamma = random.floats(columns)
    let beta = random.floats(columns)
    func output(_ values: [Double], _ gamma: [Double], _ beta: [Double]) -> [[Double]] {
      rows(values, of: columns).map {
        TrainingReference.layerNorm($0, gamma: gamma, beta: beta, epsilon: 0.1)
      }
    }
    let (values, gammas, betas) = (input.flat, gamma.map(Double.init), beta.map(Double.init))
    let forward = Matrix(rows: count, columns: columns)
    try kernels.layerNorm(
      input,
      rows: inner,
      gamma: gamma,
      beta: beta,
      epsilon: 0.1,
      into: forward,
      pool: pool
    )
    let expected = output(values, gammas, betas)
    expectClose(inner.flatMap { forward.doubles[$0] }, inner.flatMap { expected[$0] }, "forward")
    #expect(forward.row(0).allSatisfy { $0 == 0 })

    let inputGradient = Matrix(rows: count, columns: columns)
    inputGradient.fill(1)
    let gammaGradient = Matrix(rows: 1, columns: columns)
    let betaGradient = Matrix(rows: 1, columns: columns)
    try kernels.layerNormBackward(
      input,
      rows: inner,
      gamma: gamma,
      epsilon: 0.1,
      gradient: gradient,
      into: inputGradient,
      gammaGradient: gammaGradient,
      betaGradient: betaGradient,
      pool: pool
    )
    expectClose(
      inputGradient.flat,
      FiniteDifferences.gradient(at: values) { loss(output($0, gammas, betas), gradient) }
        .map { $0 + 1 },
      "input"
    )
    // A single column is its own mean.
    if columns > 1 {
      expectClose(
        gammaGradient.flat,
        FiniteDifferences.gradient(at: gammas) { loss(output(values, $0, betas), gradient) },
        "gamma"
      )
    }
    expectClose(
      betaGradient.flat,
      FiniteDifferences.gradient(at: betas) { loss(output(values, gammas, $0), gradient) },
      "beta"
    )
  }

  @Test(arguments: KernelSet.supported)
  func biasGradientsAreColumnSums(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 55)
    let gradient = try Matrix(rows: 150, columns: 21, using: &random)
    let values = gradient.doubles
    let expected = (0..<21).map { column in 1 + (3..<149).reduce(0) { $0 + values[$1][column] } }
    let results = try [1, 3].map { threads in
      let sums = Matrix(rows: 1, columns: 21)
      sums.fill(1)
      let pool = WorkerPool(threads: threads)
      try kernels.addColumnSums(gradient, rows: 3..<149, into: sums, pool: pool)
      return sums.flat
    }
    expectClose(results[0], expected, "sums")
    #expect(results[0] == results[1])
    #expect(throws: KernelError.self) {
      try kernels.addColumnSums(
        gradient,
        rows: 0..<150,
        into: Matrix(rows: 1, columns: 20),
        pool: pool
      )
    }
  }

  @Test func weightGradientsDoNotDependOnThreads() throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 52)
    let input = try Matrix(rows: 300, columns: 48, using: &random)
    let gradient = try Matrix(rows: 300, columns: 48, using: &random)
    let weight = random.floats(48)
    let results = try [1, 2, 3].map { threads in
      let sums = Matrix(rows: 1, columns: 48)
      try kernels.rmsNormBackward(
        input,
        rows: 0..<300,
        weight: weight,
        epsilon: 1e-5,
        gradient: gradient,
        into: Matrix(rows: 300, columns: 48),
        weightGradient: sums,
        pool: WorkerPool(threads: threads)
      )
      return sums.flat
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test(arguments: KernelSet.supported, widths)
  func gelus(variant: KernelVariant, columns: Int) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: UInt64(columns))
    let input = try Matrix(rows: count, columns: columns, using: &random, scale: 2)
    let gradient = try Matrix(rows: count, columns: columns, using: &random)
    let forward = Matrix(rows: count, columns: columns)
    try kernels.gelu(input, rows: inner, into: forward, pool: pool)
    let expected = input.doubles.map { $0.map(Reference.gelu) }
    expectClose(inner.flatMap { forward.doubles[$0] }, inner.flatMap { expected[$0] }, "forward")
    let inputGradient = Matrix(rows: count, columns: columns)
    try kernels.geluBackward(
      input,
      rows: inner,
      gradient: gradient,
      into: inputGradient,
      pool: pool
    )
    expectClose(
      inputGradient.flat,
      FiniteDifferences.gradient(at: input.flat) { values in
        loss(rows(values.map(Reference.gelu), of: columns), gradient)
      },
      "input"
    )
  }

  @Test(arguments: KernelSet.supported, GatedActivation.allCases)
  func gates(variant: KernelVariant, activation: GatedActivation) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 53)
    // Gate and up side by side, 21 columns each, with a gap.
    let both = try Matrix(rows: count, columns: 45, using: &random, scale: 2)
    let gate = MatrixView(both, rows: inner, columns: 0..<21)
    let up = MatrixView(both, rows: inner, columns: 23..<44)
    let gradient = try Matrix(rows: count, columns: 21, using: &random)
    let forward = Matrix(rows: 3, columns: 21)
    try kernels.gate(gate, up, activation: activation, into: MatrixView(forward), pool: pool)
    func output(_ gate: [Double], _ up: [Double]) -> [Double] {
      zip(gate, up).map { TrainingReference.activation(activation, $0) * $1 }
    }
    let (gates, ups) = (gate.doubles.flatMap(\.self), up.doubles.flatMap(\.self))
    expectClose(forward.flat, output(gates, ups), "forward")
    let gradients = inner.flatMap(gradient.row).map(Double.init)
    func loss(_ gate: [Double], _ up: [Double]) -> Double {
      zip(output(gate, up), gradients).reduce(0) { $0 + $1.0 * $1.1 }
    }
    // In place, which is the harder case.
    try kernels.gateBackward(
      gate,
      up,
      activation: activation,
      gradient: MatrixView(gradient, rows: inner),
      intoGate: gate,
      up: up,
      pool: pool
    )
    expectClose(
      gate.doubles.flatMap(\.self),
      FiniteDifferences.gradient(at: gates) { loss($0, ups) },
      "gate"
    )
    expectClose(
      up.doubles.flatMap(\.self),
      FiniteDifferences.gradient(at: ups) { loss(gates, $0) },
      "up"
    )
  }
}
