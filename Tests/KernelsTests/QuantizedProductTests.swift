import Kernels
import TestSupport
import Testing

/// Products with quantised weights, in every version that this processor runs. Sizes are odd on
/// purpose.
@Suite(.serialized) struct QuantizedProductTests {
  /// A version of the kernels, perhaps as a processor without dot products of bytes gets it.
  struct Version: Sendable, CustomTestStringConvertible {
    let variant: KernelVariant
    let isPlain: Bool

    var testDescription: String { variant.rawValue + (isPlain ? " without byte products" : "") }

    func kernels() throws -> KernelSet {
      isPlain ? try #require(KernelSet(withoutByteProducts: variant)) : try KernelSet(variant)
    }
  }

  static let versions = KernelSet.supported.flatMap { variant in
    [false, true].map { Version(variant: variant, isPlain: $0) }
  }
  static let cases = versions.flatMap { version in
    QuantizedFormat.allCases.map { (version, $0) }
  }
  let pool = WorkerPool(threads: 1)

  private struct Product {
    let activations: QuantizedActivations
    let weights: QuantizedMatrix
    let bias: [Float]?
    let residual: Matrix?
    let m: Int

    func result(_ kernels: KernelSet, pool: WorkerPool) throws -> [[Float]] {
      let output = Matrix(rows: m + 1, columns: weights.outputs)
      try kernels.multiply(
        activations,
        by: weights,
        bias: bias,
        residual: residual,
        into: output,
        at: 1,
        pool: pool
      )
      return (1...m).map { output.row($0) }
    }
  }

  private func product(
    _ random: inout SplitMix64,
    m: Int,
    n: Int,
    k: Int,
    format: QuantizedFormat,
    kernels: KernelSet,
    withBias: Bool = false,
    withResidual: Bool = false
  ) throws -> (product: Product, input: [Float]) {
    let builder = try QuantizedMatrixBuilder(
      inputs: k,
      outputs: n,
      format: format,
      using: kernels,
      pool: pool
    )
    try builder.append(random.floats(n * k))
    let values = random.floats(m * k)
    let activations = QuantizedActivations(capacity: m, widest: k)
    let input = try Matrix(rows: m, columns: k, values: values)
    try kernels.quantize(input, rows: 0..<m, into: activations, pool: pool)
    let residual =
      withResidual
      ? try Matrix(rows: m + 1, columns: n, values: random.floats((m + 1) * n)) : nil
    let product = Product(
      activations: activations,
      weights: try builder.finish(),
      bias: withBias ? random.floats(n) : nil,
      residual: residual,
      m: m
    )
    return (product, values)
  }

  @Test(arguments: cases)
  func productsMatchPlainArithmetic(version: Version, format: QuantizedFormat) throws {
    let kernels = try version.kernels()
    var random = SplitMix64(seed: 21)
    for trial in 0..<60 {
      let m = Int.random(in: 1...27, using: &random)
      let n = Int.random(in: 1...101, using: &random)
      let k = Int.random(in: 1...200, using: &random)
      let (product, input) = try product(
        &random,
        m: m,
        n: n,
        k: k,
        format: format,
        kernels: kernels,
        withBias: trial % 2 == 0,
        withResidual: trial % 3 == 0
      )
      var rounded: [Float] = []
      for row in 0..<m { rounded += Self.rounded(Array(input[row * k..<(row + 1) * k])) }
      let weights = try (0..<n).flatMap { try product.weights.row($0) }
      let expected = Reference.product(rounded, weights, m: m, n: n, k: k)
      let found = try product.result(kernels, pool: pool)
      for row in 0..<m {
        for column in 0..<n {
          var value = expected.values[row * n + column]
          var size = expected.magnitudes[row * n + column]
          if let bias = product.bias {
            value += Double(bias[column])
            size += Double(abs(bias[column]))
          }
          if let residual = product.residual?.row(row + 1)[column] {
            value += Double(residual)
            size += Double(abs(residual))
          }
          // With a minimum, a group's sum is the difference of two larger ones.
          let bound = (format == .int8 ? 1e-5 : 3e-5) * size + 1e-6
          #expect(abs(Double(found[row][column]) - value) <= bound, "\(m) × \(k) → \(n)")
        }
      }
    }
  }

  /// Eight bits per group of 32, from the definition.
  private static func rounded(_ row: [Float]) -> [Float] {
    stride(from: 0, to: row.count, by: 32).flatMap { start in
      let group = row[start..<min(row.count, start + 32)]
      let top = group.map(abs).max() ?? 0
      guard top > 0 else { return group.map { _ in Float(0) } }
      return group.map { ($0 * (127 / top)).rounded(.toNearestOrEven) * (top / 127) }
    }
  }

  @Test(arguments: cases)
  func allVersionsAgreeToTheBit(version: Version, format: QuantizedFormat) throws {
    let kernels = try version.kernels()
    let scalar = try KernelSet(.scalar)
    var random = SplitMix64(seed: 22)
    for (m, n, k) in [(1, 100, 130), (2, 33, 64), (5, 31, 33), (13, 64, 96), (40, 70, 576)] {
      var other = random
      let (fast, _) = try product(
        &random,
        m: m,
        n: n,
        k: k,
        format: format,
        kernels: kernels,
        withBias: true
      )
      let (plain, _) = try product(
        &other,
        m: m,
        n: n,
        k: k,
        format: format,
        kernels: scalar,
        withBias: true
      )
      let expected = try plain.result(scalar, pool: pool)
      #expect(try fast.result(kernels, pool: pool) == expected)
      // However the work is divided.
      #expect(try fast.result(kernels, pool: WorkerPool(threads: 3)) == expected)
    }
  }

  @Test(arguments: cases)
  func aRowAloneGivesTheSameBits(version: Version, format: QuantizedFormat) throws {
    let kernels = try version.kernels()
    var random = SplitMix64(seed: 23)
    let m = 29
    let (all, input) = try product(&random, m: m, n: 75, k: 160, format: format, kernels: kernels)
    let together = try all.result(kernels, pool: WorkerPool(threads: 2))
    let matrix = try Matrix(rows: m, columns: 160, values: input)
    for row in 0..<m {
      let one = QuantizedActivations(capacity: 1, widest: 160)
      try kernels.quantize(matrix, rows: row..<row + 1, into: one, pool: pool)
      let output = Matrix(rows: 1, columns: 75)
      try kernels.multiply(one, by: all.weights, into: output, pool: pool)
      #expect(output.row(0) == together[row])
    }
  }

  @Test(arguments: versions)
  func extremeCodesDoNotOverflow(version: Version) throws {
    let kernels = try version.kernels()
    for (weight, value): (UInt8, Float) in [(0x80, 1), (0x80, -1), (0x7f, 1), (0x7f, -1)] {
      // Blocks whose scale is 1.
      let block: [UInt8] = [0, 0x3c] + [UInt8](repeating: weight, count: 32)
      let builder = try QuantizedMatrixBuilder(
        inputs: 64,
        outputs: 40,
        format: .int8,
        using: kernels,
        pool: pool
      )
      let blocks = [[UInt8]](repeating: block, count: 80).flatMap(\.self)
      try blocks.withUnsafeBytes { try builder.append($0, as: .q80) }
      let input = try Matrix(rows: 7, columns: 64, values: [Float](repeating: value, count: 7 * 64))
      let activations = QuantizedActivations(capacity: 7, widest: 64)
      try kernels.quantize(input, rows: 0..<7, into: activations, pool: pool)
      let output = Matrix(rows: 7, columns: 40)
      try kernels.multiply(activations, by: try builder.finish(), into: output, pool: pool)
      let expected = Float(Int8(bitPattern: weight)) * value * 64
      for row in 0..<7 {
        for found in output.row(row) { #expect(abs(found - expected) <= abs(expected) * 1e-6) }
      }
    }
  }

  @Test(arguments: cases)
  func whatIsNotFiniteIsSeenInItsRowOnly(version: Version, format: QuantizedFormat) throws {
    let kernels = try version.kernels()
    var random = SplitMix64(seed: 24)
    var values = random.floats(3 * 70)
    values[70 + 65] = .nan
    values[2 * 70] = .infinity
    let builder = try QuantizedMatrixBuilder(
      inputs: 70,
      outputs: 20,
      format: format,
      using: kernels,
      pool: pool
    )
    try builder.append(random.floats(20 * 70))
    let activations = QuantizedActivations(capacity: 3, widest: 70)
    let input = try Matrix(rows: 3, columns: 70, values: values)
    try kernels.quantize(input, rows: 0..<3, into: activations, pool: pool)
    let output = Matrix(rows: 3, columns: 20)
    try kernels.multiply(activations, by: try builder.finish(), into: output, pool: pool)
    #expect(output.row(0).allSatisfy { $0.isFinite })
    #expect(output.row(1).allSatisfy { $0.isNaN })
    #expect(output.row(2).allSatisfy { $0.isNaN })
  }

  @Test func tinyActivationsAreZero() throws {
    let kernels = try KernelSet.active()
    let builder = try QuantizedMatrixBuilder(
      inputs: 32,
      outputs: 1,
      format: .int8,
      using: kernels,
      pool: pool
    )
    try builder.append([Float](repeating: 1, count: 32))
    let weights = try builder.finish()
    let activations = QuantizedActivations(capacity: 1, widest: 32)
    for value: Float in [0, 1e-37, -1e-36, 1e-34] {
      let input = try Matrix(rows: 1, columns: 32, values: [Float](repeating: value, count: 32))
      try kernels.quantize(input, rows: 0..<1, into: activations, pool: pool)
      let output = Matrix(rows: 1, columns: 1)
      try kernels.multiply(activations, by: weights, into: output, pool: pool)
      #expect(abs(output.row(0)[0] - 32 * value) <= 1e-33)
    }
  }

  @Test func shapesThatDoNotFitAreErrors() throws {
    let kernels = try KernelSet.active()
    let builder = try QuantizedMatrixBuilder(
      inputs: 32,
      outputs: 4,
      format: .int8,
      using: kernels,
      pool: pool
    )
    try builder.append([Float](repeating: 1, count: 128))
    let weights = try builder.finish()
    let activations = QuantizedActivations(capacity: 2, widest: 32)
    let input = Matrix(rows: 3, columns: 32)
    #expect(throws: KernelError.self) {
      try kernels.quantize(input, rows: 0..<3, into: activations, pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.quantize(input, rows: 2..<4, into: activations, pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.quantize(Matrix(rows: 1, columns: 33), rows: 0..<1, into: activations, pool: pool)
    }
    try kernels.quantize(input, rows: 0..<2, into: activations, pool: pool)
    let output = Matrix(rows: 2, columns: 4)
    #expect(throws: KernelError.self) {
      try kernels.multiply(activations, by: weights, into: output, at: 1, pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.multiply(activations, by: weights, bias: [1], into: output, pool: pool)
    }
    #expect(throws: KernelError.self) {
      try kernels.multiply(activations, by: weights, into: input, pool: pool)
    }
  }
}
