import Kernels
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  let pool = WorkerPool(threads: 2)

  @Test(arguments: KernelSet.supported, [nil, 3] as [Float?])
  func lossesAndGradientsMatch(variant: KernelVariant, softcap: Float?) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 71)
    for columns in [1, 7, 16, 50, 131] {
      let logits = try Matrix(rows: 5, columns: columns, using: &random, scale: 4)
      let values = logits.flat
      let targets = (0..<3).map { _ in Int32.random(in: 0..<Int32(columns), using: &random) }
      let weights: [Float] = [1, 0, 0.25]
      func loss(_ values: [Double]) -> Double {
        let logits = rows(values, of: columns)
        return (0..<3).reduce(0) { sum, row in
          sum + Double(weights[row])
            * TrainingReference.crossEntropy(
              logits[row + 1],
              target: Int(targets[row]),
              softcap: softcap.map(Double.init)
            )
        }
      }
      // A target that does not count need not be one.
      let given = [targets[0], -100, targets[2]]
      let forward = try kernels.crossEntropyLoss(
        logits,
        rows: 1..<4,
        targets: given,
        weights: weights,
        softcap: softcap,
        pool: pool
      )
      #expect(logits.flat == values)
      let found = try kernels.crossEntropy(
        logits,
        rows: 1..<4,
        targets: given,
        weights: weights,
        softcap: softcap,
        pool: pool
      )
      #expect(found == forward)
      #expect(abs(found - loss(values)) < 1e-5 * max(1, abs(found)))
      #expect(logits.row(2).allSatisfy { $0 == 0 })
      let expected = FiniteDifferences.gradient(at: values, of: loss)
      for row in 1..<4 {
        for (column, value) in logits.doubles[row].enumerated() {
          #expect(abs(value - expected[row * columns + column]) < 2e-6)
        }
      }
      for row in [0, 4] { #expect(logits.doubles[row] == rows(values, of: columns)[row]) }
    }
  }

  @Test(arguments: KernelSet.supported)
  func largeVocabulariesKeepTheirPrecision(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 72)
    let columns = 100_003
    let logits = try Matrix(rows: 1, columns: columns, using: &random)
    let expected = TrainingReference.crossEntropy(logits.flat, target: 77, softcap: nil)
    let found = try kernels.crossEntropy(
      logits,
      rows: 0..<1,
      targets: [77],
      weights: [1],
      pool: pool
    )
    #expect(abs(found - expected) < 1e-6)
    #expect(abs(logits.flat.reduce(0, +)) < 1e-6, "gradients add up to nothing")
  }

  @Test func targetsOutsideTheVocabularyAreRefused() throws {
    let kernels = try KernelSet.active()
    let logits = Matrix(rows: 2, columns: 10)
    for targets: [Int32] in [[0, 10], [-1, 0], [0]] {
      #expect(throws: KernelError.self) {
        try kernels.crossEntropy(
          logits,
          rows: 0..<2,
          targets: targets,
          weights: targets.map { _ in 1 },
          pool: pool
        )
      }
    }
  }
}
