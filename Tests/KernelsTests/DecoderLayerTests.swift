import Foundation
import Kernels
import TestSupport
import Testing

/// Normalisation, rotation and gating, in every version, against double precision.
@Suite(.serialized) struct DecoderLayerTests {
  static let variants = KernelSet.supported
  let pool = WorkerPool(threads: 2)

  @Test(arguments: variants)
  func rmsNormMatches(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 31)
    for columns in Array(1...40) + [64, 576] {
      for shift: Float in [0, 1] {
        let values = random.floats(4 * columns, scale: 3)
        let weight = random.floats(columns)
        let input = try Matrix(rows: 4, columns: columns, values: values)
        let output = Matrix(rows: 4, columns: columns)
        try kernels.rmsNorm(
          input,
          rows: 1..<3,
          weight: weight,
          shift: shift,
          epsilon: 1e-5,
          into: output,
          pool: pool
        )
        #expect(output.row(0).allSatisfy { $0 == 0 })
        #expect(output.row(3).allSatisfy { $0 == 0 })
        for row in 1..<3 {
          let expected = Self.rmsNorm(input.row(row), weight, shift)
          for (found, expected) in zip(output.row(row), expected) {
            #expect(abs(Double(found) - expected) <= 2e-6 * max(1, abs(expected)))
          }
        }
        let before = output.row(1)
        try kernels.rmsNorm(
          input,
          rows: 1..<2,
          weight: weight,
          shift: shift,
          epsilon: 1e-5,
          into: input,
          pool: pool
        )
        #expect(input.row(1) == before)
      }
    }
  }

  private static func rmsNorm(_ row: [Float], _ weight: [Float], _ shift: Float) -> [Double] {
    let squares = row.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(row.count)
    let factor = 1 / (squares + Double(Float(1e-5))).squareRoot()
    return zip(row, weight).map { Double($0) * factor * (Double($1) + Double(shift)) }
  }

  @Test(arguments: variants)
  func headsAreNormalisedOneByOne(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 32)
    for size in [5, 16, 64] {
      let columns = 3 + 4 * size + 2
      let values = random.floats(2 * columns)
      let weight = random.floats(size)
      let matrix = try Matrix(rows: 2, columns: columns, values: values)
      try kernels.rmsNormHeads(
        matrix,
        rows: 0..<2,
        column: 3,
        heads: 4,
        weight: weight,
        epsilon: 1e-5,
        pool: pool
      )
      for row in 0..<2 {
        let before = Array(values[row * columns..<(row + 1) * columns])
        let after = matrix.row(row)
        #expect(after[..<3] == before[..<3])
        #expect(after[(3 + 4 * size)...] == before[(3 + 4 * size)...])
        for head in 0..<4 {
          let range = 3 + head * size..<3 + (head + 1) * size
          let expected = Self.rmsNorm(Array(before[range]), weight, 0)
          for (found, expected) in zip(after[range], expected) {
            #expect(abs(Double(found) - expected) <= 2e-6 * max(1, abs(expected)))
          }
        }
      }
    }
  }

  @Test(arguments: variants, RotaryAngles.Pairing.allCases)
  func rotationMatches(variant: KernelVariant, pairing: RotaryAngles.Pairing) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 33)
    // The last turns only part of each head.
    for (size, pairs) in [(2, 1), (8, 4), (64, 32), (66, 33), (96, 20)] {
      let frequencies = (0..<pairs).map { Float(pow(10_000, -Double($0) / Double(pairs))) }
      let columns = 1 + 3 * size
      let values = random.floats(4 * columns)
      let matrix = try Matrix(rows: 4, columns: columns, values: values)
      let angles = RotaryAngles(
        frequencies: frequencies,
        positions: 1000..<1003,
        amplitude: 1.25,
        pairing: pairing
      )
      try kernels.rotate(
        matrix,
        rows: 1..<4,
        column: 1,
        heads: 3,
        headSize: size,
        by: angles,
        pool: pool
      )
      #expect(matrix.row(0) == Array(values[..<columns]))
      for row in 1..<4 {
        var expected = values[row * columns..<(row + 1) * columns].map(Double.init)
        for head in 0..<3 {
          for pair in 0..<pairs {
            let start = 1 + head * size
            let first = pairing == .halves ? start + pair : start + 2 * pair
            let second = pairing == .halves ? first + pairs : first + 1
            let angle = Double(Float(1000 + row - 1) * frequencies[pair])
            let (a, b) = (expected[first], expected[second])
            expected[first] = 1.25 * (a * cos(angle) - b * sin(angle))
            expected[second] = 1.25 * (b * cos(angle) + a * sin(angle))
          }
        }
        for (found, expected) in zip(matrix.row(row), expected) {
          #expect(abs(Double(found) - expected) <= 2e-6 * max(1, abs(expected)))
        }
      }
    }
  }

  @Test(arguments: variants, GatedActivation.allCases)
  func gatesMatch(variant: KernelVariant, activation: GatedActivation) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 34)
    for columns in Array(1...35) + [1000] {
      let values =
        random.floats(2 * columns, scale: 4) + random.floats(2 * columns, scale: 40)
      let output = Matrix(rows: 2, columns: columns)
      try kernels.gate(
        try Matrix(rows: 2, columns: 2 * columns, values: values),
        rows: 0..<2,
        activation: activation,
        into: output,
        pool: pool
      )
      for row in 0..<2 {
        for (column, found) in output.row(row).enumerated() {
          let gate = Double(values[row * 2 * columns + column])
          let up = Double(values[row * 2 * columns + columns + column])
          let inner = (2 / Double.pi).squareRoot() * (gate + 0.044715 * gate * gate * gate)
          let expected =
            switch activation {
            case .silu: gate / (1 + exp(-gate)) * up
            case .geluTanh: 0.5 * gate * (1 + tanh(inner)) * up
            }
          #expect(abs(Double(found) - expected) <= 1e-6 * max(1, abs(gate * up)))
        }
      }
    }
  }

  @Test(arguments: variants)
  func argmaxFindsTheFirstHighest(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    #expect(kernels.argmax([]) == nil)
    #expect(kernels.argmax([.nan, .nan]) == nil)
    #expect(kernels.argmax([.nan, -.infinity, .nan]) == 1)
    #expect(kernels.argmax([1, 3, .nan, 3, 2]) == 1)
    var random = SplitMix64(seed: 35)
    for count in Array(1...70) + [1000] {
      // Few different values, so that many are equal.
      var values = (0..<count).map { _ in Float(Int.random(in: -3...3, using: &random)) }
      if count % 3 == 0 { values[Int.random(in: 0..<count, using: &random)] = .nan }
      let numbers = values.filter { !$0.isNaN }
      let expected = numbers.max().flatMap { values.firstIndex(of: $0) }
      #expect(kernels.argmax(values) == expected)
    }
  }
}
