import Foundation

/// Student's t distribution.
package enum StudentT {
  /// P(T > t) for t ≥ 0, from Iₓ(ν/2, ½) with x = ν / (ν + t²).
  package static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    precondition(t >= 0 && degreesOfFreedom > 0, "the upper tail needs t ≥ 0 and ν > 0")
    if t.isInfinite { return 0 }
    if t < 1 {
      // Near the centre x is close to 1 and its distance from 1 would be lost.
      let complement = t * t / (degreesOfFreedom + t * t)
      return 0.5 - 0.5
        * SpecialFunctions.incompleteBeta(complement, a: 0.5, b: degreesOfFreedom / 2)
    }
    let x = degreesOfFreedom / (degreesOfFreedom + t * t)
    return 0.5 * SpecialFunctions.incompleteBeta(x, a: degreesOfFreedom / 2, b: 0.5)
  }

  /// The probability of a value at least as far from zero as `t`.
  package static func twoSidedP(_ t: Double, degreesOfFreedom: Double) -> Double {
    min(1, 2 * upperTail(abs(t), degreesOfFreedom: degreesOfFreedom))
  }

  /// The t for which P(T ≤ t) = `probability`, by Newton's steps on the tail, and bisection where one
  /// of them leaves the bracket.
  package static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs 0 < p < 1")
    if probability == 0.5 { return 0 }
    let isNegative = probability < 0.5
    let tail = isNegative ? probability : 1 - probability
    var low = 0.0
    var high = 1.0
    while upperTail(high, degreesOfFreedom: degreesOfFreedom) > tail, high < 1e300 {
      low = high
      high *= 2
    }
    let density = LogDensity(degreesOfFreedom: degreesOfFreedom)
    var value = 0.5 * (low + high)
    for _ in 0..<200 {
      let excess = upperTail(value, degreesOfFreedom: degreesOfFreedom) - tail
      if excess > 0 { low = value } else { high = value }
      let newton = value + excess / exp(density.at(value))
      let next = newton > low && newton < high ? newton : 0.5 * (low + high)
      let isDone = abs(next - value) <= 1e-15 * next || next == low || next == high
      value = next
      if isDone { break }
    }
    return isNegative ? -value : value
  }

  /// ln of the density of t.
  private struct LogDensity {
    private let degreesOfFreedom: Double
    private let constant: Double

    init(degreesOfFreedom: Double) {
      self.degreesOfFreedom = degreesOfFreedom
      constant =
        SpecialFunctions.logGamma((degreesOfFreedom + 1) / 2)
        - SpecialFunctions.logGamma(degreesOfFreedom / 2)
        - 0.5 * log(degreesOfFreedom * Double.pi)
    }

    func at(_ t: Double) -> Double {
      constant - (degreesOfFreedom + 1) / 2 * log1p(t * t / degreesOfFreedom)
    }
  }
}
