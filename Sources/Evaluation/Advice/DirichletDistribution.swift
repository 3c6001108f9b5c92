import Foundation

/// A Dirichlet distribution: random shares that sum to 1.
struct DirichletDistribution: Sendable {
  /// One of 0 gives a share of 0.
  let concentrations: [Double]

  /// Draws once, as gamma variates over their sum (Devroye 1986, chapter XI.4).
  func draw(_ generator: inout SeededGenerator) -> [Double] {
    let variates = concentrations.map { $0 > 0 ? Self.gamma($0, &generator) : 0 }
    let sum = variates.reduce(0, +)
    if sum > 0 { return variates.map { $0 / sum } }
    // All variates may be too small for a number; then the mean stands for the draw.
    let total = concentrations.reduce(0, +)
    return concentrations.map { total > 0 ? $0 / total : 1 / Double(concentrations.count) }
  }

  /// A gamma variate of this shape and scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414).
  private static func gamma(_ shape: Double, _ generator: inout SeededGenerator) -> Double {
    guard shape >= 1 else {
      let boost = pow(unit(&generator), 1 / shape)
      return gamma(shape + 1, &generator) * boost
    }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = NormalDistribution.quantile(unit(&generator))
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if log(unit(&generator)) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A number above 0 and below 1.
  private static func unit(_ generator: inout SeededGenerator) -> Double {
    (Double(generator.next() >> 12) + 0.5) * 0x1p-52
  }
}
