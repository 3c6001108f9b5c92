import Foundation

/// Special functions that the distributions of this room are made of.
package enum SpecialFunctions {
  /// ln Γ(x) for x > 0 by Lanczos' approximation (g = 7, nine terms), relative error about 1e-15.
  package static func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "ln Γ is wanted for positive numbers only")
    // Below one half the series loses digits; Γ(x) = Γ(x + 1) / x moves it up.
    if x < 0.5 { return logGamma(x + 1) - log(x) }
    let shifted = x - 1
    var sum = lanczos[0]
    for index in 1..<lanczos.count { sum += lanczos[index] / (shifted + Double(index)) }
    let base = shifted + 7.5
    return 0.5 * log(2 * Double.pi) + (shifted + 0.5) * log(base) - base + log(sum)
  }

  /// The regularised incomplete beta function Iₓ(a, b) for a, b > 0 and 0 ≤ x ≤ 1.
  ///
  /// By the continued fraction DLMF 8.17.22, evaluated with Lentz' method on the side of the mean
  /// where it converges fast.
  package static func incompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    precondition(a > 0 && b > 0 && x >= 0 && x <= 1, "Iₓ(a, b) needs a, b > 0 and 0 ≤ x ≤ 1")
    if x == 0 || x == 1 { return x }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, a: b, b: a) }
    let logFront =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
    return exp(logFront) * betaFraction(x, a: a, b: b) / a
  }

  /// ln of the binomial coefficient n over k.
  package static func logChoose(_ n: Int, _ k: Int) -> Double {
    precondition(k >= 0 && k <= n, "k of n needs 0 ≤ k ≤ n")
    return logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
  }

  private static func betaFraction(_ x: Double, a: Double, b: Double) -> Double {
    let tiny = 1e-300
    func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...20_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(1 + even * d)
      c = away(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + odd * d)
      c = away(1 + odd / c)
      let change = d * c
      fraction *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return fraction
  }

  private static let lanczos: [Double] = [
    0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8,
    771.323_428_777_653_13, -176.615_029_162_140_59, 12.507_343_278_686_905,
    -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6, 1.505_632_735_149_311_6e-7,
  ]
}
