import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The z for which P(Z ≤ z) = `probability`.
  ///
  /// A short rational start (Abramowitz & Stegun 26.2.23) polished by Halley's steps on `erfc`.
  package static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs 0 < p < 1")
    let isLower = probability < 0.5
    let tail = isLower ? probability : 1 - probability
    let t = (-2 * log(tail)).squareRoot()
    let top = 2.515_517 + t * (0.802_853 + t * 0.010_328)
    let bottom = 1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))
    var z = top / bottom - t
    for _ in 0..<4 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (cumulative(z) - tail) / density
      z -= step / (1 + z * step / 2)
    }
    return isLower ? z : -z
  }
}
