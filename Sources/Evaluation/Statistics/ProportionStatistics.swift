import Foundation

/// Statistics of counts and of many tests at once.
public enum ProportionStatistics {
  /// Wilson's score interval for a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953).
  ///
  /// With p̂ = successes/n and z the normal quantile: (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) /
  /// (1 + z²/n). Without any trial it is 0…1.
  public static func wilsonInterval(
    successes: Int,
    of trials: Int,
    confidence: Double = 0.95
  ) -> Interval {
    precondition(successes >= 0 && successes <= trials, "successes lie between 0 and the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    guard trials > 0 else { return Interval(lower: 0, upper: 1, confidence: confidence) }
    let z = NormalDistribution.quantile(0.5 + confidence / 2)
    let n = Double(trials)
    let share = Double(successes) / n
    let centre = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return Interval(
      lower: successes == 0 ? 0 : max(0, (centre - half) / scale),
      upper: successes == trials ? 1 : min(1, (centre + half) / scale),
      confidence: confidence
    )
  }

  /// McNemar's exact test of two ways of answering the same questions: the two-sided binomial p value
  /// of the discordant pairs, min(1, 2·P(X ≤ min(b, c))) with X ~ B(b + c, ½) (McNemar 1947,
  /// doi:10.1007/BF02295996). It takes questions for independent; where several share a document use
  /// ``PairedSample/signFlipTest(seed:patterns:)``.
  ///
  /// - Parameters:
  ///   - onlyFirst: questions that only the first way answered rightly.
  ///   - onlySecond: questions that only the second way answered rightly.
  /// - Returns: the p value; 1 where no question tells the two apart.
  public static func exactMcNemar(onlyFirst: Int, onlySecond: Int) -> Double {
    precondition(onlyFirst >= 0 && onlySecond >= 0, "counts are not negative")
    let discordant = onlyFirst + onlySecond
    guard discordant > 0 else { return 1 }
    let smaller = min(onlyFirst, onlySecond)
    // P(X ≤ k) = I_½(n − k, k + 1); exact in all sizes, where a sum of terms would be slow.
    guard smaller < discordant - smaller else { return 1 }
    let tail = SpecialFunctions.incompleteBeta(
      0.5,
      a: Double(discordant - smaller),
      b: Double(smaller + 1)
    )
    return min(1, 2 * tail)
  }

  /// Holm's step-down correction: p values adjusted so that comparing each with α keeps the chance of
  /// any false finding at most α (Holm 1979, jstor.org/stable/4615733).
  ///
  /// - Returns: adjusted p values in the order of the given ones.
  public static func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var highest = 0.0
    for (step, index) in order.enumerated() {
      highest = max(highest, min(1, pValues[index] * Double(pValues.count - step)))
      adjusted[index] = highest
    }
    return adjusted
  }
}
