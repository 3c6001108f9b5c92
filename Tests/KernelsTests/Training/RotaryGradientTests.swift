import Kernels
import TestSupport
import Testing

@Suite struct RotaryGradientTests {
  let pool = WorkerPool(threads: 2)

  @Test(arguments: RotaryAngles.Pairing.allCases)
  func reversedAnglesTurnBack(pairing: RotaryAngles.Pairing) throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 54)
    let heads = try Matrix(rows: 6, columns: 16, using: &random)
    let before = heads.flat
    let angles = RotaryAngles(
      frequencies: [1, 0.3],
      positions: [0, 1, 2, 0, 1, 7],
      pairing: pairing
    )
    let ranges = RotaryAngles(frequencies: [1, 0.3], positions: 0..<3, pairing: pairing)
    func rotate(_ rows: Range<Int>, _ angles: RotaryAngles) throws {
      try kernels.rotate(
        heads,
        rows: rows,
        column: 0,
        heads: 2,
        headSize: 8,
        by: angles,
        pool: pool
      )
    }
    try rotate(0..<6, angles)
    let turned = heads.doubles
    #expect(heads.flat != before)
    try rotate(0..<6, angles.reversed)
    #expect(FiniteDifferences.error(heads.flat, before) < 1e-6)
    // A list is the same as ranges, one after another.
    let again = try Matrix(rows: 6, columns: 16, values: before.map(Float.init))
    try kernels.rotate(
      again,
      rows: 0..<3,
      column: 0,
      heads: 2,
      headSize: 8,
      by: ranges,
      pool: pool
    )
    #expect(Array(again.doubles[0..<3]) == Array(turned[0..<3]))
  }
}
