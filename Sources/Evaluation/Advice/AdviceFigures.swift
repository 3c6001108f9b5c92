/// Two arms by one criterion, in a sentence with the figures that the scores were made from.
struct AdviceFigures {
  let choice: AdviceChoice

  /// The sentence; nil for quality, which pairs speak of, and where there is no figure.
  func sentence(_ criterion: AdviceCriterion, _ first: Int, _ second: Int) -> String? {
    let arms = (choice.scores.arms[first], choice.scores.arms[second])
    let titles = (choice.title(first), choice.title(second))
    switch criterion {
    case .quality: return nil
    case .freshness:
      guard let one = choice.measurements.freshness(of: arms.0),
        let two = choice.measurements.freshness(of: arms.1)
      else { return nil }
      return "Right after a sync, \(titles.0) gives the new answer on "
        + "\(FigureText.percent(one.afterSync.mean)) of "
        + "\(FigureText.count(one.afterSync.questions, "changed fact")), \(titles.1) on "
        + "\(FigureText.percent(two.afterSync.mean))."
    case .transparency:
      return
        "\(titles.0) leads \(FigureText.percent(arms.0.transparency.source)) of its answers back "
        + "to a place in a source, \(titles.1) \(FigureText.percent(arms.1.transparency.source))."
    case .latency:
      return "\(titles.0) answers in \(FigureText.milliseconds(arms.0.cost.medianMilliseconds)) "
        + "(median), \(titles.1) in \(FigureText.milliseconds(arms.1.cost.medianMilliseconds))."
    case .cost: return cost(first, second)
    case .effort:
      let seconds = (
        choice.measurements.effortSeconds(of: arms.0), choice.measurements.effortSeconds(of: arms.1)
      )
      let rate = choice.measurements.changesPerDay
      let upkeep =
        rate.map {
          " and keeping it up to date for \(FigureText.short(ArmMeasurements.days)) days at "
            + "\(FigureText.rate($0)) \($0 == 1 ? "change" : "changes") a day"
        } ?? ""
      return
        "Bringing it about\(upkeep) takes \(FigureText.seconds(seconds.0)) of machine time for "
        + "\(titles.0), \(FigureText.seconds(seconds.1)) for \(titles.1)."
    }
  }

  private func cost(_ first: Int, _ second: Int) -> String? {
    let quality = choice.scores.arms.indices.map { choice.scores.score(.quality, of: $0) ?? 0 }
    guard let costs = choice.measurements.costs(quality: quality), let one = costs[first],
      let two = costs[second]
    else { return nil }
    let texts = [one, two].map { cost -> String in
      choice.measurements.currency.map { FigureText.money(cost, currency: $0) }
        ?? "\(FigureText.seconds(cost)) of machine time"
    }
    return "A right answer costs \(texts[0]) with \(choice.title(first)), \(texts[1]) with "
      + "\(choice.title(second))."
  }
}
