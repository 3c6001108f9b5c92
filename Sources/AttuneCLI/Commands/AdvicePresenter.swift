import Evaluation
import Foundation

/// Shows an advice as a person reads it.
enum AdvicePresenter {
  static func show(_ advice: Advice) {
    Terminal.line(Terminal.safe(advice.headline))
    Terminal.line("\n" + table(advice).terminal())
    list("Why:", advice.reasons.map(\.sentence))
    list("Does not count:", advice.omissions.map(\.sentence))
    list("What would change this:", advice.whatWouldChange)
    Terminal.line("Next: \(Terminal.safeLine(advice.nextStep.sentence))")
    if let command = advice.nextStep.command { Terminal.line("  \(Terminal.safeLine(command))") }
  }

  /// The arms by the criteria that count, with their weights.
  private static func table(_ advice: Advice) -> TextTable {
    let criteria = AdviceCriterion.allCases.filter { criterion in
      advice.arms.contains { $0.scores[criterion.rawValue] != nil }
    }
    func decimal(_ value: Double?) -> String {
      value.map { Figures.decimal($0, places: 2) } ?? "–"
    }
    var table = TextTable(
      columns: [.init("")] + criteria.map { .init($0.rawValue, .trailing) } + [
        .init("in all", .trailing), .init("comes first", .trailing),
      ]
    )
    table.rows.append(
      ["weight"] + criteria.map { String(format: "%g", advice.weights[$0]) }
    )
    for arm in advice.arms {
      table.rows.append(
        [arm.title] + criteria.map { decimal(arm.scores[$0.rawValue]) } + [
          decimal(arm.total), "\(Figures.decimal(arm.shareOfNearWeightings * 100, places: 0))%",
        ]
      )
    }
    return table
  }

  private static func list(_ heading: String, _ sentences: [String]) {
    guard !sentences.isEmpty else { return }
    Terminal.line(heading)
    for sentence in sentences { Terminal.line("  - \(Terminal.safeLine(sentence))") }
    Terminal.line()
  }
}
