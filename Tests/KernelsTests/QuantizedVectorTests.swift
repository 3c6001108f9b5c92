import Kernels
import TestSupport
import Testing

@Suite struct QuantizedVectorTests {
  @Test func eachComponentIsOffByAtMostHalfAStep() throws {
    var random = SplitMix64(seed: 31)
    for _ in 0..<100 {
      let vector = random.floats(97, scale: Float(random.unit() * 10))
      let quantized = try QuantizedVector(quantizing: vector)
      #expect(quantized.codes.contains { abs(Int($0)) == 127 })
      for (value, code) in zip(vector, quantized.codes) {
        #expect(abs(value - Float(code) * quantized.scale) <= quantized.scale * 0.5001)
      }
    }
  }

  @Test func zerosAndTinyValuesBecomeTheZeroVector() throws {
    for value in [0, -0, Float.leastNonzeroMagnitude] {
      let quantized = try QuantizedVector(quantizing: [value, value])
      #expect(quantized == QuantizedVector(codes: [0, 0], scale: 0))
    }
    #expect(try QuantizedVector(quantizing: []).codes.isEmpty)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func valuesThatAreNoNumbersAreRefused(value: Float) {
    let error = #expect(throws: KernelError.self) { try QuantizedVector(quantizing: [1, value]) }
    #expect(error?.code == .invalidValue)
  }

  @Test func scansCheckTheirSizes() throws {
    let scan = VectorScan(kernels: try .active(), pool: WorkerPool(threads: 1))
    let query = QuantizedVector(codes: [1, 2, 3], scale: 1)
    #expect(throws: KernelError.self) {
      try scan.scores(of: query, codes: [1, 2, 3, 4], scales: [1])
    }
    #expect(try scan.scores(of: query, codes: [], scales: []).isEmpty)
    #expect(
      try scan.scores(of: QuantizedVector(codes: [], scale: 0), codes: [], scales: [1, 1]) == [
        0, 0,
      ]
    )
  }

  @Test func manyThreadsGiveTheSameScores() throws {
    var random = SplitMix64(seed: 32)
    let rows = 20_000
    let codes = (0..<rows * 8).map { _ in Int8.random(in: -127...127, using: &random) }
    let scales = random.floats(rows)
    let query = try QuantizedVector(quantizing: random.floats(8))
    let scan = VectorScan(kernels: try .active(), pool: WorkerPool(threads: 5))
    #expect(
      try scan.scores(of: query, codes: codes, scales: scales)
        == VectorScan.referenceScores(of: query, codes: codes, scales: scales)
    )
  }
}
