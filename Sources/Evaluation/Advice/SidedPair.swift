/// A pair of arms, seen from one of them.
struct SidedPair: Sendable {
  let report: PairReport
  /// Whether the arm that looks is the second of the report.
  private let isTurned: Bool

  /// The pair of two arms; nil where the report has none.
  init?(in pairs: [PairReport], first: String, second: String) {
    if let pair = pairs.first(where: { $0.first == first && $0.second == second }) {
      report = pair
      isTurned = false
    } else if let pair = pairs.first(where: { $0.first == second && $0.second == first }) {
      report = pair
      isTurned = true
    } else {
      return nil
    }
  }

  var isFirstBetter: Bool { report.verdict == (isTurned ? .secondBetter : .firstBetter) }
  var isSecondBetter: Bool { report.verdict == (isTurned ? .firstBetter : .secondBetter) }
  var isDistinguishable: Bool { report.verdict != .notDistinguishable }

  /// `41 points (95% 30 to 52, corrected p < 0.001)`, seen from the arm that has more.
  var figures: String {
    let difference = report.difference
    let bounds = [difference.lower, difference.upper].map { difference.mean < 0 ? -$0 : $0 }
      .sorted()
    let range = bounds.map { FigureText.short(100 * $0) }.joined(separator: " to ")
    return AdviceText.points(difference.mean)
      + " (\(FigureText.percent(difference.confidence)) interval \(range), corrected "
      + "\(AdviceText.pValue(report.correctedPValue)))"
  }
}
