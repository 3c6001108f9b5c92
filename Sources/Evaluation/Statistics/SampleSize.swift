import Foundation

/// How many paired questions it takes to see a difference, and how small a difference can be seen.
///
/// Two-sided test at level `significance`, `power` being the chance to find the difference when it is
/// there.
public struct SampleSize: Codable, Hashable, Sendable {
  public var significance: Double
  public var power: Double

  public init(significance: Double = 0.05, power: Double = 0.8) {
    precondition(significance > 0 && significance < 1, "significance lies between 0 and 1")
    precondition(power > 0 && power < 1, "power lies between 0 and 1")
    self.significance = significance
    self.power = power
  }

  /// The smallest difference that would be found with the questions at hand: (t₁₋α/₂ + t_power) · SE,
  /// with the degrees of freedom of the standard error (Bloom 1995, doi:10.1177/0193841X9501900504).
  public func minimalDetectableDifference(_ measured: MeanDifference) -> Double {
    multiplier(degreesOfFreedom: measured.degreesOfFreedom) * measured.standardError
  }

  /// The number of clusters, with as many questions each as those measured, with which a difference
  /// of `difference` would be found: the smallest G' with (t₁₋α/₂ + t_power) · SE · √(G/G') ≤ |δ|,
  /// where t has (ν + 1)·G'/G − 1 degrees of freedom for ν measured ones, and 2^(1 − G') ≤ α, below
  /// which no sign-flip test can find anything.
  ///
  /// The cluster-robust standard error holds what questions of one document have in common, so no
  /// separate design effect is needed.
  ///
  /// - Returns: nil where the difference is zero, or beyond any number of questions.
  public func clusters(toDetect difference: Double, given measured: MeanDifference) -> Int? {
    guard difference != 0, difference.isFinite else { return nil }
    // SE · √G stays as it is, whatever the number of clusters.
    let ratio = measured.standardError * Double(measured.clusters).squareRoot() / abs(difference)
    let normal = (zSignificance + zPower) * ratio
    guard normal * normal < 1e12 else { return nil }
    let perCluster = (measured.degreesOfFreedom + 1) / Double(measured.clusters)
    func isEnough(_ clusters: Int) -> Bool {
      let freedom = max(1, perCluster * Double(clusters) - 1)
      return multiplier(degreesOfFreedom: freedom) * ratio <= Double(clusters).squareRoot()
    }
    let fewest = max(2, Int((1 - log2(significance)).rounded(.up)))
    var low = max(fewest, Int(normal * normal))
    if isEnough(low) { return low }
    var step = 1
    while !isEnough(low + step) {
      low += step
      step *= 2
    }
    var high = low + step
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// The number of questions in as many clusters as ``clusters(toDetect:given:)`` says.
  ///
  /// - Returns: nil where the difference is zero, or beyond any number of questions.
  public func questions(toDetect difference: Double, given measured: MeanDifference) -> Int? {
    guard let clusters = clusters(toDetect: difference, given: measured) else { return nil }
    let perCluster = Double(measured.questions) / Double(measured.clusters)
    return Self.count(Double(clusters) * perCluster - 1e-9)
  }

  /// The number of independent paired questions with right/wrong outcomes that show a difference of
  /// `difference` between two shares, when a share `discordant` of them comes out differently:
  /// (z₁₋α/₂·√ψ + z_power·√(ψ − δ²))² / δ² (Connor 1987, doi:10.2307/2531961).
  ///
  /// - Returns: nil where the difference is zero or larger than the discordant share.
  public func questions(toDetect difference: Double, discordant: Double) -> Int? {
    let squared = difference * difference
    guard squared > 0, discordant <= 1, abs(difference) <= discordant else { return nil }
    let root =
      zSignificance * discordant.squareRoot() + zPower * (discordant - squared).squareRoot()
    return Self.count(root * root / squared)
  }

  private var zSignificance: Double { NormalDistribution.quantile(1 - significance / 2) }
  private var zPower: Double { NormalDistribution.quantile(power) }

  private func multiplier(degreesOfFreedom: Double) -> Double {
    StudentT.quantile(1 - significance / 2, degreesOfFreedom: degreesOfFreedom)
      + StudentT.quantile(power, degreesOfFreedom: degreesOfFreedom)
  }

  private static func count(_ value: Double) -> Int? {
    value < 1e15 ? max(1, Int(value.rounded(.up))) : nil
  }
}
