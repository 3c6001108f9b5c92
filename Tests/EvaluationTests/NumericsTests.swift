import Evaluation
import Testing

@Suite struct NumericsTests {
  private let golden: Golden.Numerics

  init() throws { golden = try Golden.load().numerics }

  @Test func quantilesOfStudentsTEqualSciPy() {
    for row in golden.tQuantile {
      let found = StudentT.quantile(row[0], degreesOfFreedom: row[1])
      #expect(
        agree(found, row[2], tolerance: 1e-9),
        "p \(row[0]), ν \(row[1]): \(found), \(row[2])"
      )
    }
  }

  @Test func tailsOfStudentsTEqualSciPyEvenWhenTiny() {
    for row in golden.tTwoSided {
      let found = StudentT.twoSidedP(row[0], degreesOfFreedom: row[1])
      #expect(
        agreeRelatively(found, row[2], tolerance: 1e-9),
        "t \(row[0]), ν \(row[1]): \(found), \(row[2])"
      )
    }
  }

  @Test func normalQuantilesEqualSciPy() {
    for row in golden.normalQuantile {
      let found = NormalDistribution.quantile(row[0])
      #expect(agree(found, row[1], tolerance: 1e-12), "p \(row[0]): \(found), \(row[1])")
    }
  }

  @Test func gammaAndBetaEqualSciPy() {
    for row in golden.logGamma {
      #expect(agree(SpecialFunctions.logGamma(row[0]), row[1], tolerance: 1e-13), "x \(row[0])")
    }
    for row in golden.incompleteBeta {
      let found = SpecialFunctions.incompleteBeta(row[0], a: row[1], b: row[2])
      #expect(agree(found, row[3], tolerance: 1e-10), "\(row): \(found)")
    }
  }
}
