/// Why an arm is recommended, in sentences.
struct AdviceReasons {
  let choice: AdviceChoice

  private var best: Int { choice.best }
  private var title: String { choice.title(best) }

  /// The recommendation in a sentence.
  var headline: String {
    guard let runnerUp = choice.runnerUp else {
      return
        "\(title) is the only arm that answered all questions, so there is nothing to choose from."
    }
    let other = choice.title(runnerUp)
    let totals = (AdviceText.score(choice.totals[best]), AdviceText.score(choice.totals[runnerUp]))
    guard choice.isTie else {
      return
        "\(title) is recommended: by the weights given it comes to \(totals.0) of 1, \(other) to "
        + "\(totals.1)."
    }
    let isSimpler =
      CriterionScores.complexity(choice.scores.arms[best].arm)
      < CriterionScores.complexity(choice.scores.arms[runnerUp].arm)
    return
      "\(title) is recommended\(isSimpler ? ", as the simpler" : ""): by the weights given it and "
      + "\(other) come to \(totals.0) and \(totals.1) of 1, which is as good as equal."
  }

  /// All reasons, those that decide first.
  func reasons(_ sensitivity: WeightSensitivity) -> [Advice.Reason] {
    var reasons = quality
    if let runnerUp = choice.runnerUp {
      reasons += deciding(against: runnerUp)
      reasons += criteria(against: runnerUp)
    }
    if !choice.others.isEmpty { reasons.append(robustness(sensitivity)) }
    return reasons
  }

  /// Arms and criteria that do not count.
  var omissions: [Advice.Reason] {
    let arms = choice.report.arms.compactMap(ArmMeasurements.fault).map {
      Advice.Reason(.questions, $0)
    }
    let criteria = choice.scores.omissions.filter { choice.weights[$0.criterion] > 0 }.map {
      Advice.Reason(Self.part(of: $0.criterion), $0.sentence)
    }
    return arms + criteria
  }

  /// What is shown of the quality of the arm and all others.
  private var quality: [Advice.Reason] {
    var sentences: [String] = []
    for other in choice.others {
      guard let pair = choice.pair(with: other), pair.isDistinguishable else {
        if let sentence = indirect(other) { sentences.append(sentence) }
        continue
      }
      let (more, less) = pair.isFirstBetter ? (best, other) : (other, best)
      sentences.append(
        "\(choice.title(more)) is right on \(right(more)) of the questions, \(choice.title(less)) on "
          + "\(right(less)): a difference of \(pair.figures)\(pair.isSecondBetter ? ", against it" : "")."
          + (pair.report.isForThisAdapter
            ? " This holds for the one adapter that was trained." : "")
      )
    }
    if let sentence = undecided { sentences.append(sentence) }
    return sentences.map { Advice.Reason(.pairs, $0) }
  }

  /// Which arms cannot be told from the recommended one. It names no difference, as none was shown.
  private var undecided: String? {
    guard !choice.undecided.isEmpty else { return nil }
    let titles = ([best] + choice.undecided).map(choice.title)
    var sentence =
      "Whether \(AdviceText.list(titles, "or")) is right more often cannot be told from \(choice.size), "
      + "so quality does not count between them."
    if let other = choice.undecided.first(where: { choice.settling($0) != nil }),
      let settling = choice.settling(other)
    {
      sentence +=
        " About \(AdviceChoice.text(of: settling)) would tell \(title) from \(choice.title(other))."
    }
    return sentence
  }

  /// An arm that cannot be told from the recommended one, but that stands behind it all the same, as an arm
  /// of the level before is shown to be better.
  private func indirect(_ other: Int) -> String? {
    let levels = choice.scores.qualityLevels
    guard levels[other] > levels[best],
      let witness = choice.scores.arms.indices.first(where: {
        levels[$0] == levels[other] - 1
          && choice.measurements.pair($0, other)?.isFirstBetter == true
      }), let pair = choice.measurements.pair(witness, other)
    else { return nil }
    let standing =
      levels[witness] == levels[best]
      ? "is not shown to be better than \(title)"
      : "itself stands behind \(title) or an arm that is as good"
    return "\(title) and \(choice.title(other)) cannot be told apart directly. But "
      + "\(choice.title(witness)) is right more often than \(choice.title(other)), by \(pair.figures), "
      + "and \(standing)."
  }

  /// That quality does not decide between two arms, where it does not, and what does.
  private func deciding(against other: Int) -> [Advice.Reason] {
    guard choice.scores.score(.quality, of: best) == choice.scores.score(.quality, of: other) else {
      return []
    }
    let names = criteria { $0 > $1 }.map(\.rawValue)
    if choice.isTie || names.isEmpty { return [] }
    return [
      Advice.Reason(
        .weights,
        "Between \(title) and \(choice.title(other)) the rest decides: "
          + "\(AdviceText.list(names)), with \(FigureText.percent(weight(of: names))) of the weight."
      )
    ]
  }

  /// Criteria with a weight by which the recommended arm's score stands in a relation to the next arm's.
  private func criteria(_ relation: (Double, Double) -> Bool) -> [AdviceCriterion] {
    guard let other = choice.runnerUp else { return [] }
    return choice.scores.criteria.filter { criterion in
      guard choice.weights[criterion] > 0, let first = choice.scores.score(criterion, of: best),
        let second = choice.scores.score(criterion, of: other)
      else { return false }
      return relation(first, second)
    }
  }

  private func weight(of names: [String]) -> Double {
    zip(choice.scores.criteria, choice.shares).reduce(0) {
      $0 + (names.contains($1.0.rawValue) ? $1.1 : 0)
    }
  }

  /// What speaks for the recommended arm beside the next one, and what against it, but for quality.
  private func criteria(against other: Int) -> [Advice.Reason] {
    let better = criteria { $0 > $1 }.filter { $0 != .quality }
    let worse = criteria { $0 < $1 }.filter { $0 != .quality }
    let phrases = AdviceFigures(choice: choice)
    return better.compactMap { criterion in
      phrases.sentence(criterion, best, other).map {
        Advice.Reason(Self.part(of: criterion), $0)
      }
    }
      + worse.compactMap { criterion in
        phrases.sentence(criterion, best, other).map {
          Advice.Reason(Self.part(of: criterion), "Against it: \($0)")
        }
      }
  }

  private func robustness(_ sensitivity: WeightSensitivity) -> Advice.Reason {
    Advice.Reason(
      .weights,
      "\(title) is recommended under \(FigureText.percent(sensitivity.near[best])) of "
        + "\(FigureText.count(WeightSensitivity.draws)) weightings around the given one, and under "
        + "\(FigureText.percent(sensitivity.all[best])) of all weightings."
    )
  }

  private func right(_ arm: Int) -> String {
    FigureText.percent(choice.scores.arms[arm].measure(.right)?.mean)
  }

  private static func part(of criterion: AdviceCriterion) -> Advice.Part {
    switch criterion {
    case .quality: .pairs
    case .freshness: .freshness
    case .transparency: .transparency
    case .latency, .cost, .effort: .cost
    }
  }
}
