import Kernels
import TestSupport
import Testing

/// Every version of the kernels that this processor runs, against plain double precision. Sizes are
/// odd on purpose: tails are where such code goes wrong.
@Suite(.serialized) struct KernelVariantTests {
  static let variants = KernelSet.supported
  /// One thread: these tests are about the kernels.
  let pool = WorkerPool(threads: 1)

  @Test(arguments: variants)
  func matrixProductsMatch(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 11)
    for trial in 0..<120 {
      let m = Int.random(in: 1...41, using: &random)
      let n = Int.random(in: 1...101, using: &random)
      let k = Int.random(in: 1...131, using: &random)
      let a = random.floats(m * k)
      let weights = random.floats(n * k)
      let bias = trial % 2 == 0 ? random.floats(n) : nil
      let residual = trial % 3 == 0 ? random.floats(m * n) : nil
      let usesGELU = trial % 5 == 0
      let expected = Reference.product(a, weights, m: m, n: n, k: k)
      let input = try Matrix(rows: m, columns: k, values: a)
      let packed = try PackedMatrix(rows: weights, inputs: k, outputs: n, using: kernels)
      // One row more, which must stay as it is.
      let output = try Matrix(
        rows: m + 1,
        columns: n,
        values: [Float](repeating: 7, count: (m + 1) * n)
      )
      try kernels.linear(
        input,
        packed,
        bias: bias,
        gelu: usesGELU,
        residual: try residual.map { try Matrix(rows: m, columns: n, values: $0) },
        rows: 0..<m,
        into: output,
        pool: pool
      )
      var worst = 0.0
      for row in 0..<m {
        for (column, found) in output.row(row).enumerated() {
          var value = expected.values[row * n + column]
          var magnitude = expected.magnitudes[row * n + column]
          if let bias {
            value += Double(bias[column])
            magnitude += Double(abs(bias[column]))
          }
          if usesGELU { value = Reference.gelu(value) }
          if let residual {
            value += Double(residual[row * n + column])
            magnitude += Double(abs(residual[row * n + column]))
          }
          worst = max(worst, abs(Double(found) - value) / magnitude)
        }
      }
      #expect(worst <= 1e-5, "\(m) × \(n) × \(k)")
      #expect(output.row(m) == [Float](repeating: 7, count: n))
    }
  }

  @Test(arguments: variants)
  func productsOverPartsOfRowsMatchTheWhole(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 12)
    let (m, n, k) = (37, 70, 65)
    let input = try Matrix(rows: m, columns: k, values: random.floats(m * k))
    let weights = try PackedMatrix(
      rows: random.floats(n * k),
      inputs: k,
      outputs: n,
      using: kernels
    )
    let whole = Matrix(rows: m, columns: n)
    try kernels.linear(input, weights, rows: 0..<m, into: whole, pool: WorkerPool(threads: 3))
    for row in 0..<m {
      let alone = Matrix(rows: m, columns: n)
      try kernels.linear(input, weights, rows: row..<row + 1, into: alone, pool: pool)
      // Bit for bit: what a text becomes must not depend on its company.
      #expect(alone.row(row) == whole.row(row))
    }
  }

  @Test(arguments: variants)
  func dotProductsMatch(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 13)
    for count in Array(0...70) + [384, 385, 1000] {
      let a = random.floats(count)
      let b = random.floats(count)
      let terms = zip(a, b).map { Double($0) * Double($1) }
      let error = abs(Double(try kernels.dot(a, b)) - terms.reduce(0, +))
      #expect(error <= 1e-5 * terms.reduce(0) { $0 + abs($1) })
    }
  }

  @Test(arguments: variants)
  func softmaxMatches(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 14)
    for columns in Array(1...70) + [255, 256] {
      let scale = Float(random.unit()) + 0.1
      let values = random.floats(3 * columns, scale: 20)
      let matrix = try Matrix(rows: 3, columns: columns, values: values)
      kernels.softmax(matrix, scale: scale)
      for row in 0..<3 {
        let logits = values[row * columns..<(row + 1) * columns].map { Double($0) * Double(scale) }
        for (found, expected) in zip(matrix.row(row), Reference.softmax(logits)) {
          // The scaled logits are rounded to 32 bits before the exponential is taken.
          #expect(abs(Double(found) - expected) <= 1e-5 * expected + 1e-30)
        }
      }
    }
  }

  @Test(arguments: variants)
  func layerNormalisationMatches(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 15)
    for columns in Array(1...70) + [384] {
      let values = random.floats(5 * columns, scale: 3)
      let gamma = random.floats(columns)
      let beta = random.floats(columns)
      let matrix = try Matrix(rows: 5, columns: columns, values: values)
      try kernels.layerNorm(
        matrix,
        rows: 1..<4,
        gamma: gamma,
        beta: beta,
        epsilon: 1e-3,
        pool: pool
      )
      #expect(matrix.row(0) == Array(values[..<columns]))
      #expect(matrix.row(4) == Array(values[(4 * columns)...]))
      for row in 1..<4 {
        let expected = Reference.layerNorm(
          Array(values[row * columns..<(row + 1) * columns]),
          gamma: gamma,
          beta: beta,
          epsilon: Double(Float(1e-3))
        )
        for (found, expected) in zip(matrix.row(row), expected) {
          #expect(abs(Double(found) - expected) <= 2e-5)
        }
      }
    }
  }

  @Test(arguments: variants)
  func geluMatchesOverItsWholeRange(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    let inputs = stride(from: Float(-12), through: 12, by: 0.001).map { $0 } + [0, -0, 100, -100]
    var outputs = inputs
    kernels.gelu(&outputs)
    for (input, output) in zip(inputs, outputs) {
      let error = abs(Double(output) - Reference.gelu(Double(input)))
      #expect(error <= 4e-7 * Double(max(1, abs(input))), "\(input)")
    }
  }

  @Test(arguments: variants)
  func attentionMatchesOnRaggedSequences(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 16)
    for (heads, size) in [(1, 1), (2, 5), (3, 32), (2, 33), (1, 64), (12, 8)] {
      let columns = heads * size
      let lengths = [3, 0, 1, 50, 24, 25, 33]
      let tokens = lengths.reduce(0, +)
      let projections = try Matrix(
        rows: tokens,
        columns: 3 * columns,
        values: random.floats(tokens * 3 * columns)
      )
      var sequences: [Range<Int>] = []
      for length in lengths {
        let start = sequences.last?.upperBound ?? 0
        sequences.append(start..<start + length)
      }
      let context = Matrix(rows: tokens, columns: columns)
      try kernels.attention(
        projections,
        sequences: sequences,
        heads: heads,
        into: context,
        pool: WorkerPool(threads: 2)
      )
      for sequence in sequences {
        let expected = Reference.attention(sequence.map { projections.row($0) }, heads: heads)
        for (row, expected) in zip(sequence, expected) {
          for (found, expected) in zip(context.row(row), expected) {
            #expect(abs(Double(found) - expected) <= 1e-5)
          }
        }
      }
    }
  }

  @Test(arguments: variants)
  func scansAreExact(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 17)
    for dimension in Array(1...70) + [127, 128, 384, 1000] {
      let rows = Int.random(in: 0...9, using: &random)
      let codes = (0..<rows * dimension).map { _ in Int8.random(in: -128...127, using: &random) }
      let query = QuantizedVector(
        codes: (0..<dimension).map { _ in Int8.random(in: -128...127, using: &random) },
        scale: 0.01
      )
      let scales = random.floats(rows)
      let found = try VectorScan(kernels: kernels, pool: pool)
        .scores(of: query, codes: codes, scales: scales)
      #expect(found == VectorScan.referenceScores(of: query, codes: codes, scales: scales))
    }
  }

  @Test(arguments: variants)
  func scansOfExtremeCodesDoNotOverflow(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    let dimension = 65_536
    for (a, b) in [(Int8.min, Int8.min), (.max, .min), (.max, .max)] {
      let query = QuantizedVector(codes: [Int8](repeating: a, count: dimension), scale: 1)
      let scores = try VectorScan(kernels: kernels, pool: pool)
        .scores(of: query, codes: [Int8](repeating: b, count: dimension), scales: [1])
      #expect(scores == [Float(Int32(a) * Int32(b) * Int32(dimension))])
    }
  }

  @Test(arguments: variants)
  func packedBlocksEqualOneMatrix(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 18)
    let inputs = 19
    let first = random.floats(64 * inputs)
    let second = random.floats(33 * inputs)
    let whole = try PackedMatrix(
      rows: first + second,
      inputs: inputs,
      outputs: 97,
      using: kernels
    )
    // One byte in front, so that the blocks are unaligned as in a mapped file.
    let bytes = [UInt8(0)] + (first + second).flatMap { withUnsafeBytes(of: $0, Array.init) }
    let stacked = try bytes.withUnsafeBytes { bytes in
      let split = 1 + first.count * 4
      return try PackedMatrix(
        blocks: [
          UnsafeRawBufferPointer(rebasing: bytes[1..<split]),
          UnsafeRawBufferPointer(rebasing: bytes[split...]),
        ],
        inputs: inputs,
        using: kernels,
        pool: WorkerPool(threads: 2)
      )
    }
    let input = try Matrix(rows: 1, columns: inputs, values: random.floats(inputs))
    let one = Matrix(rows: 1, columns: 97)
    let other = Matrix(rows: 1, columns: 97)
    try kernels.linear(input, whole, rows: 0..<1, into: one, pool: pool)
    try kernels.linear(input, stacked, rows: 0..<1, into: other, pool: pool)
    #expect(one.row(0) == other.row(0))
  }

  @Test(arguments: variants)
  func packedHalvesEqualTheFloatsThatTheyAre(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 19)
    let (inputs, outputs) = (19, 97)
    // The upper half of a float's bits is a number of its own: bfloat16.
    let floats = random.floats(outputs * inputs).map {
      Float(bitPattern: $0.bitPattern & 0xffff_0000)
    }
    let bytes = floats.flatMap { value in
      withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian, Array.init)
    }
    let whole = try PackedMatrix(rows: floats, inputs: inputs, outputs: outputs, using: kernels)
    let halves = try bytes.withUnsafeBytes { bytes in
      try PackedMatrix(
        blocks: [
          UnsafeRawBufferPointer(rebasing: bytes[..<(64 * inputs * 2)]),
          UnsafeRawBufferPointer(rebasing: bytes[(64 * inputs * 2)...]),
        ],
        as: .bf16,
        inputs: inputs,
        using: kernels,
        pool: WorkerPool(threads: 2)
      )
    }
    for output in 0..<outputs { #expect(halves.row(output) == whole.row(output)) }
    #expect(throws: KernelError.self) {
      try PackedMatrix(blocks: [], as: .q80, inputs: 32, using: kernels, pool: pool)
    }
  }

  @Test(arguments: variants)
  func productsWithStoredRowsMatch(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 20)
    for (inputs, outputs) in [(1, 1), (19, 33), (384, 1500)] {
      let input = try Matrix(rows: 3, columns: inputs, values: random.floats(3 * inputs))
      let weights = random.floats(outputs * inputs)
      let bias = random.floats(outputs)
      // One byte in front, so that the rows are unaligned as in a mapped file.
      let bytes = [UInt8(0)] + weights.flatMap { withUnsafeBytes(of: $0, Array.init) }
      let output = Matrix(rows: 3, columns: outputs)
      try bytes.withUnsafeBytes { bytes in
        try kernels.multiply(
          input,
          storedRows: UnsafeRawBufferPointer(rebasing: bytes[1...]),
          bias: bias,
          rows: 1..<3,
          into: output,
          pool: WorkerPool(threads: 2)
        )
      }
      #expect(output.row(0) == [Float](repeating: 0, count: outputs))
      for row in 1..<3 {
        for index in 0..<outputs {
          let terms = zip(input.row(row), weights[index * inputs..<(index + 1) * inputs]).map {
            Double($0) * Double($1)
          }
          let size = terms.reduce(Double(abs(bias[index]))) { $0 + abs($1) }
          let sum = terms.reduce(Double(bias[index]), +)
          #expect(abs(Double(output.row(row)[index]) - sum) <= 1e-5 * size)
        }
      }
      #expect(throws: KernelError.self) {
        try kernels.multiply(
          input,
          storedRows: UnsafeRawBufferPointer(start: nil, count: 0),
          bias: bias,
          rows: 0..<3,
          into: output,
          pool: pool
        )
      }
    }
  }
}
