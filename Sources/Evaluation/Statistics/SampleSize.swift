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

  /// The smallest difference that would be found with the questions at hand: (z₁₋α/₂ + z_power) · SE
  /// (Bloom 1995, doi:10.1177/0193841X9501900504).
  public func minimalDetectableDifference(_ measured: MeanDifference) -> Double {
    (zSignificance + zPower) * measured.standardError
  }

  /// The number of questions, of the same kind and as many per document as those measured, with which
  /// a difference of `difference` would be found: n · ((z₁₋α/₂ + z_power) · SE / δ)².
  ///
  /// The cluster-robust standard error holds what questions of one document have in common, so no
  /// separate design effect is needed.
  ///
  /// - Returns: nil where the difference is zero, or beyond any number of questions.
  public func questions(toDetect difference: Double, given measured: MeanDifference) -> Int? {
    guard difference != 0, difference.isFinite else { return nil }
    let ratio = minimalDetectableDifference(measured) / difference
    return Self.count(Double(measured.questions) * ratio * ratio)
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

  private static func count(_ value: Double) -> Int? {
    value < 1e15 ? max(1, Int(value.rounded(.up))) : nil
  }
}
