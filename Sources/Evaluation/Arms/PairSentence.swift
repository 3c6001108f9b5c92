import Foundation

/// A verdict on two arms in words, with its figures.
struct PairSentence {
  let first: ScoredRun
  let second: ScoredRun
  let difference: MeanDifference
  let correctedPValue: Double
  let verdict: PairReport.Verdict
  let detectable: Double
  let questionsMore: Int?
  let documentsMore: Int?

  var text: String { statement + adapters + "." }

  private var statement: String {
    let size =
      "\(Self.count(difference.questions, "question")) over "
      + Self.count(difference.clusters, "document")
    switch verdict {
    case .firstBetter: return better(first, second, sign: 1, size: size)
    case .secondBetter: return better(second, first, sign: -1, size: size)
    case .notDistinguishable:
      return "\(first.arm.title) and \(second.arm.title) are not distinguishable: difference "
        + "\(points(difference.mean)) (\(range(1)); \(chance); \(size)); \(outlook)"
    }
  }

  private func better(_ best: ScoredRun, _ other: ScoredRun, sign: Double, size: String) -> String {
    "\(best.arm.title) is better than \(other.arm.title) by \(points(sign * difference.mean)) "
      + "(\(range(sign)); \(chance); \(size))"
  }

  private var outlook: String {
    if difference.standardError == 0, difference.mean == 0 {
      return "they score alike on every document"
    }
    guard let questionsMore, let documentsMore else {
      return "with these questions a difference of \(points(detectable)) would be found in four "
        + "cases of five"
    }
    return "about \(Self.count(Self.rounded(questionsMore), "more question")) over "
      + "\(Self.count(Self.rounded(documentsMore), "more document")) would settle it"
  }

  private var adapters: String {
    let tuned = [first, second].filter(\.isForTheseSeeds)
    guard let one = tuned.first else { return "" }
    guard tuned.count == 1 else {
      return ", for these adapters: they were trained with fewer than three seeds"
    }
    return
      ", for this adapter: it was trained with \(one.seeds.count == 1 ? "one seed" : "two seeds")"
  }

  private var chance: String { "\(Self.pValue(correctedPValue)) after correction" }

  private func range(_ sign: Double) -> String {
    let ends = [sign * difference.lower, sign * difference.upper].sorted()
    // Shares differ by no more than all of the questions.
    return ends.map { number(min(1, max(-1, $0))) }.joined(separator: " to ")
  }

  private func points(_ share: Double) -> String {
    let text = number(share)
    return text == "1" || text == "\u{2212}1" ? "\(text) point" : "\(text) points"
  }

  /// A share in percentage points: whole ones, or with one digit behind the point where the interval
  /// is too narrow for whole ones.
  private func number(_ share: Double) -> String {
    let isNarrow = difference.upper - difference.lower < 0.04
    let text = String(format: isNarrow ? "%.1f" : "%.0f", abs(share) * 100)
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return share < 0 && !isZero ? "\u{2212}\(text)" : text
  }

  /// A p value as it is written in a text.
  static func pValue(_ value: Double) -> String {
    if value < 0.001 { return "p < 0.001" }
    if value >= 0.995 { return "p = 1" }
    return "p = " + String(format: value < 0.1 ? "%.3f" : "%.2f", value)
  }

  /// `1 document`, `3 documents`, `1,200 documents`.
  static func count(_ number: Int, _ noun: String) -> String {
    var digits = String(number)
    var end = digits.index(digits.endIndex, offsetBy: -min(3, digits.count))
    while end > digits.startIndex {
      digits.insert(",", at: end)
      end = digits.index(end, offsetBy: -3, limitedBy: digits.startIndex) ?? digits.startIndex
    }
    return "\(digits) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Two leading digits: a planned size knows no more.
  private static func rounded(_ number: Int) -> Int {
    var unit = 1
    while number / unit >= 100 { unit *= 10 }
    return (number + unit - 1) / unit * unit
  }
}
