extension ComparisonPage {
  /// The advice with its reasons, and how firmly it holds.
  var adviceSection: Section? {
    guard let advice else { return nil }
    var parts: [String] = []
    if !advice.reasons.isEmpty { parts.append("<h3>Why</h3>\n" + Self.list(advice.reasons)) }
    if !advice.changes.isEmpty {
      parts.append("<h3>What would change it</h3>\n" + Self.list(advice.changes))
    }
    if !advice.nextStep.isEmpty {
      parts.append(
        "<h3>Next step</h3>\n<p dir=\"auto\">\(PageText.escaped(advice.nextStep))</p>"
      )
    }
    let text = "<div class=\"prose\">\n\(parts.joined(separator: "\n"))\n</div>"
    return Section(
      "advice",
      "Advice",
      "<div class=\"grid\">\n\(text)\n\(sensitivity(advice))\n</div>"
    )
  }

  private func sensitivity(_ advice: AdviceSection) -> String {
    let known = advice.sensitivity.compactMap { entry in
      arm(entry.arm).map { (arm: $0, share: entry.share) }
    }
    guard !known.isEmpty else { return "" }
    let title = "How often each arm comes first over plausible weightings"
    let plot = RowPlot(
      id: "sensitivity",
      title: title,
      groups: known.map { arm, share in
        let bar = MeasuredShare(mean: share, interval: nil, questions: 0, clusters: 0)
        let label = FigureText.percent(share)
        return .init(arm: arm, rows: [.init(name: "", label: label, mark: .bar(bar, tint: 0))])
      }
    )
    let table = PageTable(
      caption: title,
      columns: [.init("Arm", isFigure: false), .init("Comes first")],
      rows: advice.sensitivity.map { [label(of: $0.arm), FigureText.percent($0.share)] }
    )
    return Self.figure(
      "Sensitivity to the weights",
      "<p class=\"soft\">Weights of the goals are drawn at random around the given ones: the share "
        + "of draws in which an arm comes first. Near 100% the advice hardly depends on them.</p>",
      plot.svg(),
      table.folded()
    )
  }

  /// The arms side by side in their main figures.
  var summarySection: Section? {
    guard !arms.isEmpty else { return nil }
    let hasMoney = report.arms.contains { $0.cost.rightAnswer != nil }
    var columns: [(title: String, cell: (ArmReport) -> String)] = [
      ("Right", { FigureText.share($0.measure(.right)) })
    ]
    func add(_ title: String, _ share: @escaping (ArmReport) -> MeasuredShare?) {
      guard report.arms.contains(where: { share($0) != nil }) else { return }
      columns.append((title, { FigureText.percent(share($0)?.mean) }))
    }
    add("Known facts") { $0.known }
    add("New facts") { $0.new }
    add("F1") { $0.measure(.f1) }
    add("Abstains rightly") { $0.measure(.abstainedRightly) }
    add("Citations right") { $0.measure(.citationPrecision) }
    columns.append(("Median time", { FigureText.milliseconds($0.cost.medianMilliseconds) }))
    columns.append(
      (
        "Training",
        {
          let seconds = $0.cost.resources.trainingSeconds
          return seconds > 0 ? FigureText.seconds(seconds) : FigureText.none
        }
      )
    )
    if hasMoney {
      columns.append(
        ("Per right answer\(inCurrency)", { FigureText.money($0.cost.rightAnswer) })
      )
    }
    let table = PageTable(
      caption: "The arms and their main figures",
      hidesCaption: true,
      columns: [.init("Arm", isFigure: false)] + columns.map { .init($0.title) },
      rows: arms.map { arm in [arm.label + answered(arm)] + columns.map { $0.cell(arm.report) } }
    )
    let note =
      "<p class=\"soft\">Right: the answer holds an accepted answer, or the arm abstains where the "
      + "data have none; in brackets the interval over documents.</p>"
    return Section("summary", "Summary", table.html() + "\n" + note)
  }

  /// How many questions an arm answered, where these are not all.
  private func answered(_ arm: ReportArm) -> String {
    let asked = report.data.questions
    guard arm.report.answered < asked else { return "" }
    return "<br/><small>answered \(FigureText.count(arm.report.answered)) of "
      + "\(FigureText.count(asked))</small>"
  }

  /// Faults, and what cannot be concluded.
  var remarksSection: Section? {
    guard !report.remarks.isEmpty else { return nil }
    return Section(
      "remarks",
      "Remarks",
      "<div class=\"note\">\n\(Self.list(report.remarks))\n</div>"
    )
  }
}
