extension ComparisonPage {
  /// What each arm costs, against how often it is right.
  var costSection: Section? {
    guard !arms.isEmpty else { return nil }
    let plot = costPlot
    return Section(
      "cost",
      "Cost and quality",
      "<div class=\"grid\">\n\(plot ?? "")\n<div class=\"prose\">\(leaders)</div>\n</div>\n"
        + costTable.html()
    )
  }

  private var costPlot: String? {
    let shown = arms { $0.measure(.right) }
    let times = shown.map { $0.arm.report.cost.medianMilliseconds / 1_000 }
    guard let x = AxisScale(seconds: times) else { return nil }
    let title = "Median time of an answer against the share of right answers"
    let figures = shown.map { arm, right in
      "\(arm.title): \(FigureText.milliseconds(arm.report.cost.medianMilliseconds)), "
        + "\(FigureText.share(right)) right"
    }
    let plot = AxisPlot(
      id: "cost-plot",
      title: title,
      description: figures.joined(separator: "; ") + ".",
      xLabel: "median time of an answer",
      yLabel: "right answers",
      x: x,
      y: .share,
      xTick: { FigureText.seconds($0) },
      yTick: { FigureText.percent($0) },
      series: shown.map { arm, right in
        let point = AxisPlot.Point(
          x: arm.report.cost.medianMilliseconds / 1_000,
          y: right.mean,
          interval: right.interval
        )
        return .init(arm: arm, points: [point], isLine: false)
      }
    )
    return Self.figure(
      "Time against quality",
      "<p class=\"soft\">Up and to the left is better. Time on a logarithmic scale.</p>",
      plot.svg(),
      key(shown.map(\.arm))
    )
  }

  /// What is fastest and what is cheapest, in sentences.
  private var leaders: String {
    func least(_ figure: (ArmReport.Cost) -> Double?) -> (arm: ReportArm, value: Double)? {
      arms(with: { figure($0.cost) }).min { $0.value < $1.value }
    }
    var items: [String] = []
    if let fastest = least({ $0.medianMilliseconds > 0 ? $0.medianMilliseconds : nil }) {
      let time = FigureText.milliseconds(fastest.value)
      items.append("Fastest: \(fastest.arm.label), \(time) for half of the answers")
    }
    if let cheapest = least(\.rightAnswer) {
      let money = PageText.escaped(FigureText.money(cheapest.value, currency: currency))
      items.append("Cheapest right answers: \(cheapest.arm.label), \(money) each")
    }
    if let ready = least({ $0.resources.indexingSeconds + $0.resources.trainingSeconds }) {
      let time = ready.value > 0 ? "\(FigureText.seconds(ready.value)) of" : "no"
      items.append("Soonest ready: \(ready.arm.label), \(time) preparation")
    }
    return items.isEmpty
      ? "" : "<ul>\n\(items.map { "<li>\($0)</li>" }.joined(separator: "\n"))\n</ul>"
  }

  /// The letters of a figure with the arms that they stand for.
  func key(_ arms: [ReportArm]) -> String {
    "<p class=\"key\">\(arms.map { "<span>\($0.label)</span>" }.joined(separator: "\n"))</p>"
  }

  private var costTable: PageTable {
    var columns: [(title: String, cell: (ArmReport.Cost) -> String)] = [
      ("Median", { FigureText.milliseconds($0.medianMilliseconds) }),
      ("95th percentile", { FigureText.milliseconds($0.p95Milliseconds) }),
      ("Tokens in", { FigureText.short($0.promptTokens) }),
      ("Tokens out", { FigureText.short($0.completionTokens) }),
    ]
    func add(
      _ title: String,
      where isKnown: (ArmReport.Cost) -> Bool,
      _ cell: @escaping (ArmReport.Cost) -> String
    ) {
      guard report.arms.contains(where: { isKnown($0.cost) }) else { return }
      columns.append((title, { PageText.escaped(cell($0)) }))
    }
    add("Peak memory", where: { $0.resources.peakMemory > 0 }) {
      FigureText.bytes($0.resources.peakMemory)
    }
    add("Taking in", where: { $0.resources.indexingSeconds > 0 }) {
      Self.time($0.resources.indexingSeconds)
    }
    add("Training", where: { $0.resources.trainingSeconds > 0 }) {
      Self.time($0.resources.trainingSeconds)
    }
    add("Examples", where: { $0.resources.trainingExamples > 0 }) {
      $0.resources.trainingExamples > 0
        ? FigureText.count($0.resources.trainingExamples) : FigureText.none
    }
    add("Preparation\(inCurrency)", where: { $0.preparation != nil }) {
      FigureText.money($0.preparation)
    }
    add("1\u{202F}000 answers\(inCurrency)", where: { $0.thousandAnswers != nil }) {
      FigureText.money($0.thousandAnswers)
    }
    add("Right answer\(inCurrency)", where: { $0.rightAnswer != nil }) {
      FigureText.money($0.rightAnswer)
    }
    return PageTable(
      caption: "What each arm costs to prepare and to run",
      columns: [.init("Arm", isFigure: false)] + columns.map { .init($0.title) },
      rows: arms.map { arm in [arm.label] + columns.map { $0.cell(arm.report.cost) } }
    )
  }

  private static func time(_ seconds: Double) -> String {
    seconds > 0 ? FigureText.seconds(seconds) : FigureText.none
  }

  /// What answers can be traced to.
  var transparencySection: Section? {
    guard arms.contains(where: { Self.parts($0).contains { $0 > 0 } }) else { return nil }
    let names = ["a source", "training examples alone", "neither"]
    let title = "What given answers can be traced to"
    let plot = RowPlot(
      id: "transparency-plot",
      title: title + ": to a source, to training examples alone, to neither",
      groups: arms.map { arm in
        let parts = Self.parts(arm)
        let label = parts.map { FigureText.percent($0) }.joined(separator: " · ")
        return .init(arm: arm, rows: [.init(name: "", label: label, mark: .stack(parts))])
      }
    )
    let legend = names.enumerated().map { tint, name in
      "<span><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><title>\(name)</title>"
        + "<rect class=\"part p\(tint)\" x=\"1\" y=\"1\" width=\"12\" height=\"12\"/></svg>"
        + " \(name)</span>"
    }
    let table = PageTable(
      caption: title,
      columns: [.init("Arm", isFigure: false)] + names.map { .init("To \($0)") },
      rows: arms.map { [$0.label] + Self.parts($0).map { FigureText.percent($0) } }
    )
    return Section(
      "transparency",
      "Transparency",
      "<div class=\"grid\">\n"
        + Self.figure(
          title,
          "<p class=\"key\">\(legend.joined(separator: "\n"))</p>",
          plot.svg(),
          table.folded()
        ) + "\n<div class=\"prose\"><p class=\"soft\">A source: a place in a document that the "
        + "answer cites and that was checked. Training examples alone: the answer repeats what was "
        + "trained on. Neither: nobody can look up where the answer comes from.</p></div>\n</div>"
    )
  }

  private static func parts(_ arm: ReportArm) -> [Double] {
    let shares = arm.report.transparency
    return [shares.source, shares.training, shares.neither]
  }
}
