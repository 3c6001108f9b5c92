import Kernels
import Testing

@Suite struct KernelSetTests {
  @Test func withoutAWishTheFastestVersionRuns() throws {
    #expect(try KernelSet.choose(nil).variant == KernelSet.supported.last)
    #expect(try KernelSet.choose("").variant == KernelSet.supported.last)
  }

  @Test func aVersionCanBeForced() throws {
    for variant in KernelSet.supported {
      #expect(try KernelSet.choose(variant.rawValue.uppercased()).variant == variant)
    }
  }

  @Test func anUnknownVersionIsRefusedWithTheKnownOnes() {
    let error = #expect(throws: KernelError.self) { try KernelSet.choose("sse9") }
    #expect(error?.code == .unknownVariant)
    #expect(error?.message.contains("sse9") == true)
    #expect(error?.remedy.contains("scalar") == true)
  }

  @Test func aVersionThatTheProcessorLacksIsRefused() {
    for variant in KernelVariant.allCases where !KernelSet.supported.contains(variant) {
      let error = #expect(throws: KernelError.self) { try KernelSet.choose(variant.rawValue) }
      #expect(error?.code == .unsupportedVariant)
    }
  }

  @Test func shapesThatDoNotFitAreErrorsThatNameBoth() throws {
    let kernels = try KernelSet(.scalar)
    let pool = WorkerPool(threads: 1)
    let input = Matrix(rows: 2, columns: 3)
    let weights = try PackedMatrix(
      rows: [Float](repeating: 1, count: 20),
      inputs: 4,
      outputs: 5,
      using: kernels
    )
    let error = #expect(throws: KernelError.self) {
      try kernels.linear(input, weights, rows: 0..<2, into: Matrix(rows: 2, columns: 5), pool: pool)
    }
    #expect(error?.code == .shapeMismatch)
    #expect(error?.message.contains("[2 × 3]") == true)
    #expect(error?.message.contains("[4 → 5]") == true)
    #expect(throws: KernelError.self) { try kernels.dot([1], [1, 2]) }
    #expect(throws: KernelError.self) {
      try PackedMatrix(rows: [1, 2, 3], inputs: 2, outputs: 2, using: kernels)
    }
    #expect(throws: KernelError.self) {
      try kernels.attention(
        Matrix(rows: 2, columns: 12),
        sequences: [0..<3],
        heads: 2,
        into: Matrix(rows: 2, columns: 4),
        pool: pool
      )
    }
  }

  @Test func normalisingKeepsTheZeroVector() throws {
    let kernels = try KernelSet.active()
    var zero: [Float] = [0, 0]
    kernels.normalize(&zero)
    #expect(zero == [0, 0])
    var vector: [Float] = [3, 4]
    kernels.normalize(&vector)
    #expect(vector == [0.6, 0.8])
  }
}
