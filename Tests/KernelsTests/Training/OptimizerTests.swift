import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct OptimizerTests {
  let pool = WorkerPool(threads: 2)

  @Test(arguments: KernelSet.supported)
  func stepsFollowTheFormula(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 81)
    let value = try Matrix(rows: 7, columns: 13, using: &random)
    let first = Matrix(rows: 7, columns: 13)
    let second = Matrix(rows: 7, columns: 13)
    var (x, m, v) = (value.flat, first.flat, second.flat)
    for step in 1...20 {
      let gradient = try Matrix(rows: 7, columns: 13, using: &random)
      try kernels.adamW(
        value,
        gradient: gradient,
        first: first,
        second: second,
        AdamWStep(
          learningRate: 0.01,
          beta1: 0.8,
          beta2: 0.999,
          epsilon: 1e-6,
          weightDecay: 0.1,
          step: step,
          gradientScale: 0.5
        ),
        pool: pool
      )
      for (index, gradient) in gradient.flat.enumerated() {
        let g = gradient * 0.5
        x[index] *= 1 - 0.01 * 0.1
        m[index] = 0.8 * m[index] + 0.2 * g
        v[index] = 0.999 * v[index] + 0.001 * g * g
        let mean = m[index] / (1 - pow(0.8, Double(step)))
        let square = v[index] / (1 - pow(0.999, Double(step)))
        x[index] -= 0.01 * mean / (square.squareRoot() + 1e-6)
      }
    }
    #expect(FiniteDifferences.error(value.flat, x) < 1e-6)
    #expect(FiniteDifferences.error(first.flat, m) < 1e-6)
    #expect(FiniteDifferences.error(second.flat, v) < 1e-6)
  }

  @Test(arguments: KernelSet.supported)
  func elementwiseOperations(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 82)
    let a = try Matrix(rows: 301, columns: 333, using: &random)
    let b = try Matrix(rows: 301, columns: 333, using: &random)
    let squares = a.flat.reduce(0) { $0 + $1 * $1 }
    #expect(abs(kernels.sumOfSquares(a, pool: pool) / squares - 1) < 1e-6)
    for threads in [1, 3] {
      let pool = WorkerPool(threads: threads)
      #expect(
        kernels.sumOfSquares(a, pool: pool) == kernels.sumOfSquares(a, pool: self.pool)
      )
    }
    let sums = zip(a.flat, b.flat).map { 0.5 * $0 + $1 }
    try kernels.add(a, scale: 0.5, into: b, pool: pool)
    #expect(FiniteDifferences.error(b.flat, sums) < 1e-7)
    let scaled = b.flat.map { $0 * 3 }
    kernels.scale(b, by: 3, pool: pool)
    #expect(FiniteDifferences.error(b.flat, scaled) < 1e-7)
    b.fill(2)
    #expect(b.flat.allSatisfy { $0 == 2 })
    #expect(throws: KernelError.self) {
      try kernels.add(Matrix(rows: 333, columns: 301), into: b, pool: pool)
    }
  }
}
