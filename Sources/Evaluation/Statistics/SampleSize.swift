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

  /// The smallest difference that a sign-flip test over clusters would find with the questions at
  /// hand: the δ with (t₁₋α/₂ + t_power) · √(SE² + c²·δ²/G) = δ − h/n, where t has G − 1 degrees of
  /// freedom (Bloom 1995, doi:10.1177/0193841X9501900504).
  ///
  /// c² is ``MeanDifference/sizeVariation``: the test flips the sums of clusters, and those of a true
  /// difference differ as the clusters' sizes do. Its part is held to three times SE²; beyond that a
  /// few clusters rule the test, and the formula is too hard on it. h is ``MeanDifference/step``: the
  /// sums move by 2h, and the test counts ties against the difference, which is half of that on
  /// average, as in corrections for continuity.
  public func minimalDetectableDifference(_ measured: MeanDifference) -> Double {
    let multiplier = multiplier(clusters: measured.clusters)
    let sizes = multiplier * multiplier * measured.sizeVariation / Double(measured.clusters)
    let continuous = multiplier * measured.standardError / max(0.25, 1 - sizes).squareRoot()
    return continuous + measured.step / Double(measured.questions)
  }

  /// The number of clusters, with as many questions each as those measured, with which a sign-flip
  /// test would find a difference of `difference`: the smallest G' with
  /// (t₁₋α/₂ + t_power) · √((G·SE² + c²·δ²)/G') ≤ |δ| − h·G/(n·G'), as in
  /// ``minimalDetectableDifference(_:)``, and 2^(1 − G') ≤ α, below which the test can find nothing.
  ///
  /// The cluster-robust standard error holds what questions of one document have in common, so no
  /// separate design effect is needed.
  ///
  /// - Returns: nil where the difference is zero, or beyond any number of questions.
  public func clusters(toDetect difference: Double, given measured: MeanDifference) -> Int? {
    guard difference != 0, difference.isFinite else { return nil }
    let squared = difference * difference
    // SE² · G stays as it is, whatever the number of clusters.
    let spread = measured.standardError * measured.standardError * Double(measured.clusters)
    let variance = spread + min(measured.sizeVariation * squared, 3 * spread)
    let step = measured.step * Double(measured.clusters) / Double(measured.questions)
    let normal = zSignificance + zPower
    let start = normal * normal * variance / squared
    guard start < 1e12, step / abs(difference) < 1e12 else { return nil }
    func isEnough(_ clusters: Int) -> Bool {
      let multiplier = multiplier(clusters: clusters)
      let reach = multiplier * (variance / Double(clusters)).squareRoot()
      return reach <= abs(difference) - step / Double(clusters)
    }
    var low = max(2, Int((1 - log2(significance)).rounded(.up)), Int(start))
    if isEnough(low) { return low }
    var stride = 1
    while !isEnough(low + stride) {
      low += stride
      stride *= 2
    }
    var high = low + stride
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

  private func multiplier(clusters: Int) -> Double {
    let degreesOfFreedom = Double(max(1, clusters - 1))
    return StudentT.quantile(1 - significance / 2, degreesOfFreedom: degreesOfFreedom)
      + StudentT.quantile(power, degreesOfFreedom: degreesOfFreedom)
  }

  private static func count(_ value: Double) -> Int? {
    value < 1e15 ? max(1, Int(value.rounded(.up))) : nil
  }
}
