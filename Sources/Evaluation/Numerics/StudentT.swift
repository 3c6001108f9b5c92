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

  /// The t for which P(T ≤ t) = `probability`, by bisection on the tail.
  package static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs 0 < p < 1")
    if probability == 0.5 { return 0 }
    let isNegative = probability < 0.5
    let tail = isNegative ? probability : 1 - probability
    var low = 0.0
    var high = 1.0
    while upperTail(high, degreesOfFreedom: degreesOfFreedom) > tail, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if middle == low || middle == high { break }
      if upperTail(middle, degreesOfFreedom: degreesOfFreedom) > tail {
        low = middle
      } else {
        high = middle
      }
    }
    let value = 0.5 * (low + high)
    return isNegative ? -value : value
  }
}
