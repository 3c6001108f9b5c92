import Foundation

/// What would make another arm the recommended one, found by trying: each weight, the rate of changes, and
/// the quality of each other arm, with everything else as it is.
struct AdviceChanges {
  let choice: AdviceChoice

  /// How many other arms the quality needed is said of.
  private static let mentioned = 3
  /// The most that one criterion is tried to count, in thousandths of the whole: beyond nine tenths
  /// nobody weighs any more.
  private static let heaviest = 900

  var sentences: [String] {
    guard !choice.others.isEmpty else { return [] }
    return weights + rates + qualities + learning
  }

  private var title: String { choice.title(choice.best) }

  // MARK: Weights

  private var weights: [String] {
    var sentences: [String] = []
    var idle: [String] = []
    for criterion in choice.scores.criteria {
      let found = [Direction.down, .up].compactMap { turningWeight(of: criterion, $0) }
      sentences += found
      if found.isEmpty, canVary(criterion) { idle.append(criterion.rawValue) }
    }
    if !idle.isEmpty {
      sentences.append(
        "Changing the weight of \(AdviceText.list(idle, "or")) alone, up to 90% of the whole, would not "
          + "make another arm the recommended one."
      )
    }
    return sentences
  }

  private enum Direction { case down, up }

  /// Weights of the other criteria that count.
  private func rest(beside criterion: AdviceCriterion) -> Double {
    choice.scores.criteria.filter { $0 != criterion }.reduce(0) { $0 + choice.weights[$1] }
  }

  /// Whether its weight makes a difference: it has no share to change where nothing else counts.
  private func canVary(_ criterion: AdviceCriterion) -> Bool { rest(beside: criterion) > 0 }

  /// The nearest weight of a criterion, to two digits, at which another arm is recommended.
  private func turningWeight(of criterion: AdviceCriterion, _ direction: Direction) -> String? {
    let rest = rest(beside: criterion)
    guard rest > 0 else { return nil }
    let now = choice.weights[criterion]
    let share = now / (now + rest)
    let thousandths: [Int] =
      switch direction {
      case .up: Array(0...Self.heaviest).filter { Double($0) > share * 1000 }
      case .down: Array(0...Self.heaviest).filter { Double($0) < share * 1000 }.reversed()
      }
    for thousandth in thousandths {
      let share = Double(thousandth) / 1000
      let exact = share / (1 - share) * rest
      let weight = AdviceText.twoDigits(exact, direction == .up ? .up : .down)
      let shares = shares(weighing: weight, for: criterion)
      let other = choice.scores.best(shares)
      guard other != choice.best else { continue }
      // Where one criterion outweighs all others, arms that are alike by it come to the same.
      let isTie = choice.scores.total(other, shares) <= choice.scores.total(choice.best, shares)
      let range =
        direction == .up
        ? "\(FigureText.rate(weight)) or more"
        : weight == 0 ? "0" : "\(FigureText.rate(weight)) or less"
      return "With a weight of \(range) for \(criterion.rawValue) instead of "
        + "\(FigureText.rate(now)), \(choice.title(other)) would be recommended"
        + "\(isTie ? ", as the simpler of equals" : "")."
    }
    return nil
  }

  /// The weights with one of them changed, of sum 1.
  private func shares(weighing weight: Double, for criterion: AdviceCriterion) -> [Double] {
    let weights = choice.scores.criteria.map { $0 == criterion ? weight : choice.weights[$0] }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  // MARK: Changes of the data

  private var rates: [String] {
    let scores = choice.scores
    guard let effort = scores.criteria.firstIndex(of: .effort), choice.shares[effort] > 0 else {
      return []
    }
    let now = choice.measurements.changesPerDay
    // Twenty rates for each factor of ten, from one change in a hundred days to a thousand a day.
    let rates = (-40...60).map { AdviceText.twoDigits(pow(10, Double($0) / 20), .toNearestOrEven) }
    let tried = rates.map { rate in
      CriterionScores(choice.report, assuming: .init(changesPerDay: rate))
    }
    guard tried.allSatisfy({ $0.criteria == scores.criteria }),
      let first = tried.first, tried.contains(where: { $0.scores != first.scores })
    else { return breakEven }
    let bests = zip(rates, tried).map { (rate: $0, arm: $1.best(choice.shares)) }
    let above = bests.first { $0.rate > now ?? 0 && $0.arm != choice.best }
    let below = bests.last { $0.rate < now ?? 0 && $0.arm != choice.best }
    let known = now.map { "now \(FigureText.rate($0))" } ?? "the present rate is not known"
    var sentences: [String] = []
    if let above {
      sentences.append(
        "From \(FigureText.rate(above.rate)) changes of the data a day on (\(known)), "
          + "\(choice.title(above.arm)) would be recommended."
      )
    }
    if let below {
      sentences.append(
        "With \(FigureText.rate(below.rate)) changes of the data a day or fewer (\(known)), "
          + "\(choice.title(below.arm)) would be recommended."
      )
    }
    if sentences.isEmpty, let last = rates.last {
      sentences.append(
        "At no rate of up to \(FigureText.grouped(last)) changes of the data a day (\(known)) would "
          + "another arm be recommended."
      )
    }
    return sentences + breakEven
  }

  private var breakEven: [String] {
    guard let rate = choice.report.freshness?.breakEvenChangesPerDay, rate.isFinite else {
      return []
    }
    return [
      "Above \(FigureText.rate(rate)) changes a day, retrieval takes less machine time than "
        + "retraining after each change."
    ]
  }

  // MARK: Quality

  private var qualities: [String] {
    var sentences: [String] = []
    var hopeless: [String] = []
    for other in choice.others.prefix(Self.mentioned) {
      if let sentence = quality(of: other) {
        sentences.append(sentence)
      } else {
        hopeless.append(choice.title(other))
      }
    }
    if !hopeless.isEmpty {
      sentences.append(
        "No quality, however high, would make \(AdviceText.list(hopeless, "or")) the recommended arm "
          + "by these weights."
      )
    }
    return sentences
  }

  /// The least quality with which another arm would be recommended, in steps of half a point.
  private func quality(of other: Int) -> String? {
    let scores = choice.scores
    guard let reference = scores.score(.quality, of: choice.best),
      let present = scores.score(.quality, of: other)
    else { return nil }
    for step in -200...200 {
      let assumed = reference + Double(step) / 200
      guard assumed > present, assumed <= 1 else { continue }
      let tried = CriterionScores(
        choice.report,
        assuming: .init(quality: [scores.arms[other].id: assumed])
      )
      guard tried.criteria == scores.criteria, tried.best(choice.shares) == other else { continue }
      return sentence(other, difference: assumed - reference)
    }
    return nil
  }

  private func sentence(_ other: Int, difference: Double) -> String {
    let name = choice.title(other)
    let opening = "\(name) would be recommended if it "
    guard difference > 0 else {
      return difference < 0
        ? opening + "came within \(AdviceText.points(difference)) of \(title) in quality."
        : opening + "were as good as \(title) in quality."
    }
    var sentence =
      opening + "were shown to be right more often than \(title) by "
      + AdviceText.points(difference)
    if let detectable = choice.pair(with: other)?.report.minimalDetectableDifference,
      detectable.isFinite, detectable > 0
    {
      sentence +=
        "; these questions show differences from about \(AdviceText.points(detectable)) on"
    }
    return sentence + "."
  }

  // MARK: More data

  private var learning: [String] {
    guard let learning = choice.report.learning else { return [] }
    let present = learning.points.map(\.examples).max() ?? 0
    let isWithinReach = learning.examplesNeeded.map { $0 > present } ?? false
    return learning.verdict == .moreHelps || isWithinReach ? [learning.sentence] : []
  }
}
