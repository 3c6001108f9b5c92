import Foundation

/// Measures of one ranked list against the grades of what it should hold.
///
/// Conventions are those of trec_eval, which BEIR uses: gains are the grades themselves, grades of
/// zero or below mean "not relevant", precision divides by `k` even where fewer were found, recall
/// and average precision divide by everything relevant. An item that stands in the list a second
/// time takes its rank and counts for nothing. Where nothing is relevant the value is 0; leave such
/// questions out of an average.
///
/// `ranked` holds the identifiers found, best first; `grades` the judged ones. `k` must be positive.
public enum RankingMetrics {
  /// Normalised discounted cumulative gain of the first `k`, from 0 to 1.
  ///
  /// Σ grade / log₂(rank + 1), divided by the same sum for the best possible order of all judged
  /// items. Binary grades (0 and 1) give binary nDCG. Source: Järvelin & Kekäläinen 2002,
  /// doi:10.1145/582415.582418, with trec_eval's linear gain.
  public static func nDCG<ID: Hashable>(ranked: [ID], grades: [ID: Int], at k: Int) -> Double {
    let ideal = discountedSum(grades.values.filter { $0 > 0 }.sorted(by: >).prefix(atLeastOne(k)))
    guard ideal > 0 else { return 0 }
    return discountedSum(gains(ranked: ranked, grades: grades, at: k)[...]) / ideal
  }

  /// The share of everything relevant that stands among the first `k`.
  public static func recall<ID: Hashable>(ranked: [ID], grades: [ID: Int], at k: Int) -> Double {
    let relevant = grades.values.count { $0 > 0 }
    guard relevant > 0 else { return 0 }
    return Double(hits(ranked: ranked, grades: grades, at: k)) / Double(relevant)
  }

  /// The share of the first `k` places that hold something relevant.
  public static func precision<ID: Hashable>(ranked: [ID], grades: [ID: Int], at k: Int) -> Double {
    Double(hits(ranked: ranked, grades: grades, at: k)) / Double(atLeastOne(k))
  }

  /// 1 / rank of the first relevant item among the first `k`, or 0; averaged over questions it is
  /// the mean reciprocal rank (MRR@k).
  public static func reciprocalRank<ID: Hashable>(
    ranked: [ID],
    grades: [ID: Int],
    at k: Int
  ) -> Double {
    let first = gains(ranked: ranked, grades: grades, at: k).firstIndex { $0 > 0 }
    guard let first else { return 0 }
    return 1 / Double(first + 1)
  }

  /// The mean, over everything relevant, of the precision at the rank where it stands; what is not
  /// among the first `k` (or the whole list, without `k`) counts 0. Averaged over questions it is MAP.
  public static func averagePrecision<ID: Hashable>(
    ranked: [ID],
    grades: [ID: Int],
    at k: Int? = nil
  ) -> Double {
    let relevant = grades.values.count { $0 > 0 }
    guard relevant > 0 else { return 0 }
    var found = 0
    var sum = 0.0
    let depth = k ?? max(1, ranked.count)
    for (offset, gain) in gains(ranked: ranked, grades: grades, at: depth).enumerated()
    where gain > 0 {
      found += 1
      sum += Double(found) / Double(offset + 1)
    }
    return sum / Double(relevant)
  }

  private static func hits<ID: Hashable>(ranked: [ID], grades: [ID: Int], at k: Int) -> Int {
    gains(ranked: ranked, grades: grades, at: k).count { $0 > 0 }
  }

  /// The grade at each of the first `k` ranks; 0 for what is not relevant or stood there before.
  private static func gains<ID: Hashable>(ranked: [ID], grades: [ID: Int], at k: Int) -> [Int] {
    var seen: Set<ID> = []
    return ranked.prefix(atLeastOne(k)).map { item in
      seen.insert(item).inserted ? max(0, grades[item] ?? 0) : 0
    }
  }

  private static func discountedSum(_ gains: ArraySlice<Int>) -> Double {
    var sum = 0.0
    for (offset, gain) in gains.enumerated() where gain > 0 {
      sum += Double(gain) / log2(Double(offset + 2))
    }
    return sum
  }

  private static func atLeastOne(_ k: Int) -> Int {
    precondition(k > 0, "a ranking is measured at a positive depth")
    return k
  }
}
