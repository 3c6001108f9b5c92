/// What a sign-flip test found.
public struct SignFlipResult: Codable, Hashable, Sendable {
  /// Two-sided p value of "the difference is symmetric around zero".
  public var pValue: Double
  /// Whether all sign patterns were counted, and not a sample of them.
  public var isExact: Bool
  /// How many sign patterns were counted; `Int.max` where there are more.
  public var patterns: Int
}

extension PairedSample {
  /// The most clusters whose sign patterns are all counted.
  private static var exactClusters: Int { 20 }

  /// Sign-flip permutation test of the mean difference, flipping whole clusters.
  ///
  /// The p value is the share of the sign patterns s with |Σ_g s_g D_g| ≥ |Σ_g D_g|, D_g being a
  /// cluster's sum of differences. All 2^G patterns are counted for up to 20 clusters, and for any
  /// number of clusters where the scores are right/wrong or means over a few seeds, so that all sums
  /// are multiples of one step; clusters whose sum is zero change nothing and are not counted among
  /// them. Otherwise `patterns` random ones are drawn and p = (hits + 1)/(patterns + 1), which never understates (Phipson & Smyth 2010,
  /// doi:10.2202/1544-6115.1585). Source: Fisher 1935; for clusters Winkler et al. 2015,
  /// doi:10.1016/j.neuroimage.2015.05.092.
  public func signFlipTest(seed: UInt64, patterns: Int = 20_000) -> SignFlipResult {
    precondition(patterns > 0, "a permutation test needs at least one pattern")
    let sums = clusters.map(\.sum).filter { $0 != 0 }
    if let steps = wholeSteps(sums) {
      return SignFlipResult(
        pValue: Self.exactShare(steps),
        isExact: true,
        patterns: sums.count < 63 ? 1 << sums.count : Int.max
      )
    }
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

  /// The n from 1 to 12 for which the sums of all clusters are multiples of 1/n; nil where none is.
  var stepsPerUnit: Int? {
    (1...12).first { steps in
      clusters.allSatisfy { cluster in
        let scaled = cluster.sum * Double(steps)
        return abs(scaled - scaled.rounded()) < 1e-9
      }
    }
  }

  /// The sums as whole numbers of steps; nil where there is no step, or they are too many to be counted
  /// quickly.
  private func wholeSteps(_ sums: [Double]) -> [Int]? {
    guard let perUnit = stepsPerUnit else { return nil }
    let scaled = sums.map { ($0 * Double(perUnit)).rounded() }
    guard scaled.reduce(0, { $0 + abs($1) }) * Double(sums.count) < 1e7 else { return nil }
    return scaled.map { Int($0) }
  }

  /// The share of all sign patterns whose sum is at least as far from zero as that of `steps`, by the
  /// distribution of the sum of those that are flipped to minus, built up cluster by cluster.
  ///
  /// - Complexity: O(G · Σ|steps|).
  private static func exactShare(_ steps: [Int]) -> Double {
    let total = steps.reduce(0) { $0 + abs($1) }
    let found = abs(steps.reduce(0, +))
    var shares = [Double](repeating: 0, count: total + 1)
    shares[0] = 1
    var reach = 0
    for step in steps where step != 0 {
      let size = abs(step)
      reach += size
      for sum in stride(from: reach, through: 0, by: -1) {
        shares[sum] = 0.5 * (shares[sum] + (sum >= size ? shares[sum - size] : 0))
      }
    }
    return shares.indices.reduce(0) { abs(total - 2 * $1) >= found ? $0 + shares[$1] : $0 }
  }
}
