/// The one sentence that says what a comparison found, without advice.
///
/// It names the arm that was right most often, and says against which arms that was shown.
struct ComparisonHeadline {
  var report: ComparisonReport

  var sentence: String {
    let measured = report.arms.compactMap { arm in
      arm.measure(.right).map { (arm: arm.arm, right: $0) }
    }
    guard let best = measured.max(by: { $0.right.mean < $1.right.mean }) else {
      return "No arm answered any question, so nothing can be concluded."
    }
    let interval =
      best.right.interval.map {
        ", \(PlotScale.fixed(100 * $0.confidence, decimals: 0))% interval "
          + "\(FigureText.range($0))%"
      } ?? ""
    let first =
      "\(best.arm.title) was right on \(FigureText.percent(best.right.mean)) of "
      + "\(FigureText.count(best.right.questions, "question"))\(interval)."
    return ([first] + verdicts(of: best.arm.id)).joined(separator: " ")
  }

  private func verdicts(of best: String) -> [String] {
    var beaten: [String] = []
    var open: [String] = []
    for pair in report.pairs where pair.first == best || pair.second == best {
      let other = report.title(ofArm: pair.first == best ? pair.second : pair.first)
      switch pair.verdict {
      case .notDistinguishable: open.append(other)
      case .firstBetter where pair.first == best, .secondBetter where pair.second == best:
        beaten.append(other)
      case .firstBetter, .secondBetter: break
      }
    }
    var sentences: [String] = []
    if !beaten.isEmpty { sentences.append("It was shown to be better than \(Self.list(beaten)).") }
    if !open.isEmpty {
      sentences.append(
        beaten.isEmpty
          ? "No difference from \(Self.list(open)) was shown."
          : "Against \(Self.list(open)), no difference was shown."
      )
    }
    return sentences
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension ComparisonReport {
  /// The title of an arm; its identifier where the report does not hold the arm.
  func title(ofArm id: String) -> String {
    arms.first { $0.arm.id == id }.map(\.arm.title) ?? id
  }
}
