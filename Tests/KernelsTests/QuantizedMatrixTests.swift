import Kernels
import TestSupport
import Testing

/// How weights are written in 8 and 4 bits and read back.
@Suite struct QuantizedMatrixTests {
  let kernels: KernelSet
  let pool = WorkerPool(threads: 2)

  init() throws {
    kernels = try KernelSet.active()
  }

  private func build(
    _ weights: [Float],
    inputs: Int,
    _ format: QuantizedFormat
  ) throws -> QuantizedMatrix {
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: weights.count / inputs,
      format: format,
      using: kernels,
      pool: pool
    )
    try builder.append(weights)
    return try builder.finish()
  }

  @Test func eightBitsAreOffByHalfAStepAtMost() throws {
    var random = SplitMix64(seed: 1)
    for (outputs, inputs) in [(1, 1), (33, 31), (32, 32), (70, 97), (5, 256)] {
      let scale = Float.random(in: 1e-4...100, using: &random)
      let weights = random.floats(outputs * inputs, scale: scale)
      let matrix = try build(weights, inputs: inputs, .int8)
      for output in 0..<outputs {
        let row = weights[output * inputs..<(output + 1) * inputs]
        let found = try matrix.row(output)
        for (group, start) in stride(from: 0, to: inputs, by: 32).enumerated() {
          let range = start..<min(inputs, start + 32)
          let top = range.map { abs(row[row.startIndex + $0]) }.max() ?? 0
          for index in range {
            let error = abs(found[index] - row[row.startIndex + index])
            #expect(error <= top / 127 * 0.57, "group \(group)")
          }
        }
      }
    }
  }

  @Test func fourBitsAreBetterThanTheRangeInFifteenSteps() throws {
    var random = SplitMix64(seed: 2)
    let inputs = 96
    let outputs = 64
    let weights = random.floats(outputs * inputs)
    let matrix = try build(weights, inputs: inputs, .int4)
    var error = 0.0
    var plain = 0.0
    for output in 0..<outputs {
      let found = try matrix.row(output)
      for start in stride(from: 0, to: inputs, by: 32) {
        let group = Array(weights[output * inputs + start..<output * inputs + start + 32])
        let low = group.min() ?? 0
        let step = ((group.max() ?? 0) - low) / 15
        for index in 0..<32 {
          let nearest = low + ((group[index] - low) / step).rounded() * step
          plain += Double((nearest - group[index]) * (nearest - group[index]))
          let miss = Double(found[start + index] - group[index])
          error += miss * miss
        }
      }
    }
    #expect(error < plain)
  }

  @Test(arguments: QuantizedFormat.allCases)
  func constantAndTinyGroupsSurvive(format: QuantizedFormat) throws {
    for value: Float in [0, 1, -3.5, 1e-5, 3e-7, 1e-12, 6e4] {
      let matrix = try build([Float](repeating: value, count: 64), inputs: 32, format)
      for found in try matrix.row(1) {
        // Below the smallest f16 step nothing can be told from zero.
        #expect(abs(found - value) <= max(abs(value) * 6e-3, 6e-8), "\(value)")
      }
    }
  }

  @Test(arguments: QuantizedFormat.allCases)
  func weightsThatAreNoNumbersAreRefused(format: QuantizedFormat) throws {
    for bad in [Float.nan, .infinity, -.infinity, 1e6] {
      var weights = [Float](repeating: 1, count: 3 * 40)
      weights[55] = bad
      let error = #expect(throws: KernelError.self) { try build(weights, inputs: 40, format) }
      #expect(error?.code == .invalidValue)
      #expect(error?.subject == "row 1")
    }
  }

  @Test(arguments: QuantizedFormat.allCases)
  func rowsMayComeInPieces(format: QuantizedFormat) throws {
    var random = SplitMix64(seed: 3)
    let inputs = 50
    let weights = random.floats(100 * inputs)
    let whole = try build(weights, inputs: inputs, format)
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: 100,
      format: format,
      using: kernels,
      pool: pool
    )
    for piece in [0..<7, 7..<40, 40..<41, 41..<100] {
      try builder.append(Array(weights[piece.lowerBound * inputs..<piece.upperBound * inputs]))
    }
    let pieces = try builder.finish()
    #expect(Array(whole.packedBytes) == Array(pieces.packedBytes))
  }

  @Test(arguments: QuantizedFormat.allCases)
  func packedBytesMakeTheSameMatrix(format: QuantizedFormat) throws {
    var random = SplitMix64(seed: 4)
    let matrix = try build(random.floats(37 * 45), inputs: 45, format)
    let bytes = Array(matrix.packedBytes)
    let count = try QuantizedMatrix.packedByteCount(inputs: 45, outputs: 37, format: format)
    #expect(bytes.count == count)
    // One byte in front: any alignment must do.
    let shifted = [UInt8(0)] + bytes
    try shifted.withUnsafeBytes { shifted in
      let again = try QuantizedMatrix(
        packed: UnsafeRawBufferPointer(rebasing: shifted[1...]),
        inputs: 45,
        outputs: 37,
        format: format,
        owner: matrix
      )
      for output in 0..<37 { #expect(try again.row(output) == matrix.row(output)) }
      let activations = QuantizedActivations(capacity: 3, widest: 45)
      let input = try Matrix(rows: 3, columns: 45, values: random.floats(3 * 45))
      try kernels.quantize(input, rows: 0..<3, into: activations, pool: pool)
      let one = Matrix(rows: 3, columns: 37)
      let other = Matrix(rows: 3, columns: 37)
      try kernels.multiply(activations, by: matrix, into: one, pool: pool)
      try kernels.multiply(activations, by: again, into: other, pool: pool)
      for row in 0..<3 { #expect(one.row(row) == other.row(row)) }
      #expect(throws: KernelError.self) {
        try QuantizedMatrix(
          packed: UnsafeRawBufferPointer(rebasing: shifted[2...]),
          inputs: 45,
          outputs: 37,
          format: format,
          owner: matrix
        )
      }
    }
  }

  @Test(arguments: [
    (TensorEncoding.q80, QuantizedFormat.int8), (.q40, .int4), (.q41, .int4), (.q4K, .int4),
  ])
  func blocksOfTheSameKindKeepTheirCodes(
    encoding: TensorEncoding,
    format: QuantizedFormat
  ) throws {
    var random = SplitMix64(seed: 5)
    let inputs = 512
    let rows = 35
    let bytes = random.blocks(encoding, values: inputs * rows)
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: rows,
      format: format,
      using: kernels,
      pool: pool
    )
    try bytes.withUnsafeBytes { try builder.append($0, as: encoding) }
    let matrix = try builder.finish()
    let expected = try kernels.floats(bytes, as: encoding, count: inputs * rows)
    for row in 0..<rows {
      let want = Array(expected[row * inputs..<(row + 1) * inputs])
      let found = try matrix.row(row)
      if encoding == .q4K {
        // Each group's scale and minimum is rounded to f16.
        for (found, want) in zip(found, want) {
          #expect(abs(found - want) <= 0.02 * max(1, abs(want)))
        }
      } else {
        #expect(found == want)
      }
    }
  }

  @Test func blocksWithScalesThatAreNoNumbersAreRefused() throws {
    for (encoding, format, place): (TensorEncoding, QuantizedFormat, Int) in [
      (.q80, .int8, 0), (.q41, .int4, 2), (.q4K, .int4, 0), (.q6K, .int8, 208),
    ] {
      var random = SplitMix64(seed: 7)
      var bytes = random.blocks(encoding, values: 256)
      // An infinity, or no number, in f16.
      bytes[place] = 1
      bytes[place + 1] = 0x7C
      let builder = try QuantizedMatrixBuilder(
        inputs: 256,
        outputs: 1,
        format: format,
        using: kernels,
        pool: pool
      )
      let error = #expect(throws: KernelError.self) {
        try bytes.withUnsafeBytes { try builder.append($0, as: encoding) }
      }
      #expect(error?.code == .invalidValue)
    }
  }

  @Test func minimaBeyondHalvesAreQuantisedAnew() throws {
    // A scale whose eightfold is no f16 number, and codes whose weights are small enough.
    let block: [UInt8] = [0, 0x71] + [UInt8](repeating: 0x99, count: 16)
    let builder = try QuantizedMatrixBuilder(
      inputs: 32,
      outputs: 1,
      format: .int4,
      using: kernels,
      pool: pool
    )
    try block.withUnsafeBytes { try builder.append($0, as: .q40) }
    #expect(try builder.finish().row(0) == [Float](repeating: 10_240, count: 32))
  }

  @Test func otherEncodingsAreQuantisedAnew() throws {
    var random = SplitMix64(seed: 6)
    for encoding in TensorEncoding.allCases {
      let bytes = random.blocks(encoding, values: 256 * 3)
      let floats = try kernels.floats(bytes, as: encoding, count: 256 * 3)
      let builder = try QuantizedMatrixBuilder(
        inputs: 256,
        outputs: 3,
        format: .int8,
        using: kernels,
        pool: pool
      )
      try bytes.withUnsafeBytes { try builder.append($0, as: encoding) }
      let matrix = try builder.finish()
      let top = floats.map(abs).max() ?? 0
      for row in 0..<3 {
        for (found, want) in zip(try matrix.row(row), floats[(row * 256)...]) {
          #expect(abs(found - want) <= top / 127 * 0.57)
        }
      }
    }
  }

  @Test func sizesThatDoNotFitAreErrors() throws {
    #expect(throws: KernelError.self) {
      try QuantizedMatrix.packedByteCount(inputs: 0, outputs: 1, format: .int8)
    }
    #expect(throws: KernelError.self) {
      try QuantizedMatrix.packedByteCount(inputs: 1, outputs: -1, format: .int4)
    }
    let huge = #expect(throws: KernelError.self) {
      try QuantizedMatrix.packedByteCount(inputs: .max, outputs: .max, format: .int8)
    }
    #expect(huge?.code == .tooLarge)
    let builder = try QuantizedMatrixBuilder(
      inputs: 33,
      outputs: 2,
      format: .int8,
      using: kernels,
      pool: pool
    )
    #expect(throws: KernelError.self) { try builder.append([1, 2]) }
    #expect(throws: KernelError.self) { try builder.finish() }
    #expect(throws: KernelError.self) {
      try builder.append([Float](repeating: 1, count: 3 * 33))
    }
    // Rows of 33 are no whole number of blocks.
    #expect(throws: KernelError.self) {
      try [UInt8](repeating: 0, count: 34).withUnsafeBytes { try builder.append($0, as: .q80) }
    }
    let matrix = try build([1, 2], inputs: 1, .int4)
    #expect(throws: KernelError.self) { try matrix.row(2) }
    #expect(throws: KernelError.self) { try matrix.row(-1) }
  }
}
