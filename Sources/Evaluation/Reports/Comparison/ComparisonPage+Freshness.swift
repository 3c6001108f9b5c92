extension ComparisonPage {
  /// How the arms take up changed facts, and what it costs to stay up to date.
  var freshnessSection: Section? {
    guard let freshness = report.freshness, !freshness.arms.isEmpty else { return nil }
    let note =
      "<p class=\"soft\">\(FigureText.count(freshness.questions, "changed fact")) in "
      + "\(FigureText.count(freshness.documents, "document")): the share of questions answered by "
      + "the new text.</p>"
    let figures = [freshnessPlot(freshness), curvePlot(freshness)].compactMap { $0 }
    return Section(
      "freshness",
      "Freshness",
      note + "\n<div class=\"grid\">\n\(figures.joined(separator: "\n"))\n</div>\n"
        + freshnessTable(freshness).html()
    )
  }

  private func freshnessPlot(_ freshness: FreshnessReport) -> String? {
    let groups = freshness.arms.compactMap { entry -> RowPlot.Group? in
      guard let arm = arm(entry.arm) else { return nil }
      let stages: [(String, MeasuredShare?)] = [
        ("at once", entry.atOnce), ("after sync", entry.afterSync),
        ("after retraining", entry.afterRetraining),
      ]
      let rows = stages.enumerated().compactMap { tint, stage in
        stage.1.map {
          RowPlot.Row(
            name: stage.0,
            label: FigureText.share($0),
            mark: .bar($0, tint: 2 - tint)
          )
        }
      }
      return .init(arm: arm, rows: rows)
    }
    guard !groups.isEmpty else { return nil }
    let plot = RowPlot(
      id: "freshness-plot",
      title: "Changed facts answered rightly at once, after a sync and after retraining",
      groups: groups
    )
    return Self.figure("Changed facts answered rightly", plot.svg())
  }

  private func freshnessTable(_ freshness: FreshnessReport) -> PageTable {
    let hasMoney = freshness.arms.contains { $0.cost != nil }
    return PageTable(
      caption: "Changed facts: right answers, and what it takes to be up to date",
      columns: [
        .init("Arm", isFigure: false), .init("At once"), .init("After sync"),
        .init("After retraining"), .init("Still the old answer"), .init("Sync"),
        .init("Retraining"), .init("Up to date after"),
      ] + (hasMoney ? [.init("Cost\(inCurrency)")] : []),
      rows: freshness.arms.map { entry in
        [
          label(of: entry.arm), FigureText.share(entry.atOnce), FigureText.share(entry.afterSync),
          FigureText.share(entry.afterRetraining), FigureText.share(entry.stale),
          FigureText.seconds(entry.syncSeconds), FigureText.seconds(entry.retrainingSeconds),
          entry.secondsToDate.map { FigureText.seconds($0) } ?? "not shown",
        ]
          + (hasMoney
            ? [PageText.escaped(FigureText.money(entry.cost))] : [])
      }
    )
  }

  private func curvePlot(_ freshness: FreshnessReport) -> String? {
    let points = freshness.curve.sorted { $0.changesPerDay < $1.changesPerDay }
    let shown = arms.filter { arm in points.contains { $0.secondsPerDay[arm.id] != nil } }
    let marked = [freshness.breakEvenChangesPerDay, freshness.changesPerDay].compactMap { $0 }
    guard let x = AxisScale(logarithmic: points.map(\.changesPerDay) + marked),
      let y = AxisScale(seconds: points.flatMap { $0.secondsPerDay.values })
    else { return nil }
    var markers: [AxisPlot.Marker] = []
    if let even = freshness.breakEvenChangesPerDay, AxisScale.canShow(even) {
      let name = "break-even \(FigureText.rate(even)) a day"
      markers.append(.init(x: even, name: name, style: "even"))
    }
    if let own = freshness.changesPerDay, AxisScale.canShow(own) {
      markers.append(.init(x: own, name: "yours \(FigureText.rate(own)) a day", style: "own"))
    }
    let title = "Machine time a day by how often documents change"
    let plot = AxisPlot(
      id: "curve-plot",
      title: title,
      description: markers.map(\.name).joined(separator: "; ")
        + (markers.isEmpty ? "" : "; ") + "one line for each arm; the table has the figures.",
      xLabel: "changes a day",
      yLabel: "machine time a day",
      x: x,
      y: y,
      xTick: FigureText.rate,
      yTick: { FigureText.seconds($0) },
      series: shown.map { arm in
        .init(
          arm: arm,
          points: points.compactMap { point in
            point.secondsPerDay[arm.id].map { .init(x: point.changesPerDay, y: $0) }
          },
          isLine: true
        )
      },
      markers: markers
    )
    let table = PageTable(
      caption: title,
      columns: [.init("Changes a day")] + shown.map { .init($0.heading) },
      rows: points.map { point in
        [FigureText.rate(point.changesPerDay)]
          + shown.map { FigureText.seconds(point.secondsPerDay[$0.id]) }
      }
    )
    return Self.figure(
      "Cost of staying up to date",
      "<p class=\"soft\">Machine time a day to be brought up to date after each change and to give "
        + "\(FigureText.short(freshness.answersPerDay)) answers. Both scales are logarithmic. "
        + "\(Self.breakEven(freshness))</p>",
      plot.svg(),
      key(shown),
      table.folded()
    )
  }

  private static func breakEven(_ freshness: FreshnessReport) -> String {
    guard let even = freshness.breakEvenChangesPerDay else {
      return "One way is cheaper at every rate: there is no break-even."
    }
    return "Above \(FigureText.rate(even)) changes a day, retrieval costs less than retraining."
  }

  /// Whether more training data would help.
  var learningSection: Section? {
    guard let learning = report.learning, !learning.points.isEmpty else { return nil }
    let title = "Right answers by training examples"
    let table = PageTable(
      caption: title,
      columns: [
        .init("Share of the data", isFigure: false), .init("Examples"), .init("Right"),
        .init("Training"),
      ],
      rows: learning.points.map {
        [
          PageText.escaped(Self.fraction($0.share)), FigureText.count($0.examples),
          FigureText.share($0.right), FigureText.seconds($0.seconds),
        ]
      }
    )
    let plot = learningPlot(learning, title: title)
    return Section(
      "learning",
      "Learning curve",
      "<div class=\"grid\">\n" + Self.figure(title, plot, table.folded())
        + "\n<div class=\"prose\"><p>\(label(of: learning.arm))</p>"
        + "<p dir=\"auto\">\(PageText.escaped(learning.sentence))</p></div>\n</div>"
    )
  }

  private func learningPlot(_ learning: LearningReport, title: String) -> String {
    guard let arm = arm(learning.arm),
      let x = AxisScale(
        logarithmic: learning.points.map { Double($0.examples) },
        ticksAtValues: true
      )
    else { return "" }
    let points = learning.points.sorted { $0.examples < $1.examples }
    return AxisPlot(
      id: "learning-plot",
      title: title,
      description: points.map {
        "\(FigureText.count($0.examples, "example")): \(FigureText.share($0.right))"
      }.joined(separator: "; ") + ".",
      xLabel: "training examples",
      yLabel: "right answers",
      x: x,
      y: .share,
      xTick: FigureText.grouped,
      yTick: { FigureText.percent($0) },
      series: [
        .init(
          arm: arm,
          points: points.map {
            .init(x: Double($0.examples), y: $0.right.mean, interval: $0.right.interval)
          },
          isLine: true
        )
      ]
    ).svg()
  }

  /// `all`, `1/8`, or else a percentage.
  private static func fraction(_ share: Double) -> String {
    if share == 1 { return "all" }
    let whole = [2.0, 4, 8, 16, 32].first { abs(share * $0 - 1) < 1e-6 }
    return whole.map { "1/\(FigureText.short($0))" } ?? FigureText.percent(share)
  }
}
