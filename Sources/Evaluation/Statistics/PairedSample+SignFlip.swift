/// What a sign-flip test found.
public struct SignFlipResult: Codable, Hashable, Sendable {
  /// Two-sided p value of "the difference is symmetric around zero".
  public var pValue: Double
  /// Whether all sign patterns were counted, and not a sample of them.
  public var isExact: Bool
  /// How many sign patterns were counted.
  public var patterns: Int
}

extension PairedSample {
  /// The most clusters whose sign patterns are all counted.
  private static var exactClusters: Int { 20 }

  /// Sign-flip permutation test of the mean difference, flipping whole clusters.
  ///
  /// The p value is the share of the sign patterns s with |Σ_g s_g D_g| ≥ |Σ_g D_g|, D_g being a
  /// cluster's sum of differences. All 2^G patterns are counted for up to 20 clusters; clusters whose
  /// sum is zero change nothing and are not counted among them. Above that, `patterns` random ones
  /// are drawn and p = (hits + 1)/(patterns + 1), which never understates (Phipson & Smyth 2010,
  /// doi:10.2202/1544-6115.1585). Source: Fisher 1935; for clusters Winkler et al. 2015,
  /// doi:10.1016/j.neuroimage.2015.05.092.
  public func signFlipTest(seed: UInt64, patterns: Int = 20_000) -> SignFlipResult {
    precondition(patterns > 0, "a permutation test needs at least one pattern")
    let sums = clusters.map(\.sum).filter { $0 != 0 }
    let total = abs(sums.reduce(0, +))
    // Sums that are equal on paper may differ in the last bits; they count as equal.
    let threshold = total - 1e-12 * sums.reduce(0) { $0 + abs($1) }
    if sums.count <= Self.exactClusters {
      let hits = Self.exactHits(sums[...], partial: 0, threshold: threshold)
      let all = 1 << sums.count
      return SignFlipResult(pValue: Double(hits) / Double(all), isExact: true, patterns: all)
    }
    var generator = SeededGenerator(seed: seed)
    var hits = 0
    for _ in 0..<patterns {
      var flipped = 0.0
      var bits: UInt64 = 0
      for (index, sum) in sums.enumerated() {
        if index % 64 == 0 { bits = generator.next() }
        flipped += bits & 1 == 0 ? sum : -sum
        bits >>= 1
      }
      if abs(flipped) >= threshold { hits += 1 }
    }
    return SignFlipResult(
      pValue: Double(hits + 1) / Double(patterns + 1),
      isExact: false,
      patterns: patterns
    )
  }

  private static func exactHits(
    _ sums: ArraySlice<Double>,
    partial: Double,
    threshold: Double
  ) -> Int {
    guard let sum = sums.first else { return abs(partial) >= threshold ? 1 : 0 }
    let rest = sums.dropFirst()
    return exactHits(rest, partial: partial + sum, threshold: threshold)
      + exactHits(rest, partial: partial - sum, threshold: threshold)
  }
}
