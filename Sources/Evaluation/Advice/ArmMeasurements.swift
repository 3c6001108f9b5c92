import Foundation

/// What a report says of the arms that answered, brought into the form in which it is scored.
struct ArmMeasurements: Sendable {
  /// A criterion's scores by arm, or why there are none.
  enum Column: Sendable {
    case scores([Double])
    case missing(String)
  }

  /// How long an arm is kept up to date in the effort that counts, in days.
  static let days = 30.0

  let report: ComparisonReport
  /// Arms that answered all that they were asked, in the report's order.
  let arms: [ArmReport]
  let changesPerDay: Double?

  /// Takes in a report.
  ///
  /// - Parameters:
  ///   - report: what was found.
  ///   - changesPerDay: in place of the rate that the report has.
  init(_ report: ComparisonReport, changesPerDay: Double? = nil) {
    self.report = report
    var known: Set<String> = []
    arms = report.arms.filter { Self.fault(of: $0) == nil && known.insert($0.id).inserted }
    let rate = changesPerDay ?? report.freshness?.changesPerDay ?? report.data.changesPerDay
    self.changesPerDay = rate.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  /// Why an arm cannot be advised; nil where it can.
  static func fault(of arm: ArmReport) -> String? {
    if let failure = arm.failure {
      return "\(arm.arm.title) is left out: it did not answer all questions (\(failure))."
    }
    guard arm.answered > 0, let right = arm.measure(.right), right.mean.isFinite else {
      return "\(arm.arm.title) is left out: it answered no question."
    }
    return nil
  }

  /// The pair of two arms, from the first's side.
  func pair(_ first: Int, _ second: Int) -> SidedPair? {
    SidedPair(in: report.pairs, first: arms[first].id, second: arms[second].id)
  }

  func qualityLevels() -> ShownLevels {
    ShownLevels(values: arms.map { $0.measure(.right)?.mean ?? 0 }) { first, second in
      pair(first, second)?.isFirstBetter == true
    }
  }

  func freshness() -> Column {
    guard report.freshness != nil else {
      return .missing("Freshness was not measured, so it does not count.")
    }
    let found = arms.map { freshness(of: $0) }
    let lacking = zip(arms, found).filter { $0.1 == nil }.map(\.0.arm.title)
    guard lacking.isEmpty else {
      return .missing(
        "Freshness was not measured for \(AdviceText.list(lacking)), so it does not count."
      )
    }
    return .scores(
      levels(found.map { $0?.afterSync.mean ?? 0 }, intervals: found.map { $0?.afterSync.interval })
    )
  }

  func freshness(of arm: ArmReport) -> FreshnessReport.ArmFreshness? {
    report.freshness?.arms.first { $0.arm == arm.id && $0.afterSync.mean.isFinite }
  }

  func transparency() -> Column {
    let shares = arms.map(\.transparency.source)
    guard shares.allSatisfy({ (0...1).contains($0) }) else {
      return .missing(
        "The share of answers with a source is not known of every arm, so transparency does not count."
      )
    }
    let intervals = zip(arms, shares).map { arm, share -> Interval? in
      let sourced = Int(exactly: (share * Double(arm.answered)).rounded()) ?? arm.answered
      return ProportionStatistics.wilsonInterval(
        successes: min(sourced, arm.answered),
        of: arm.answered
      )
    }
    return .scores(levels(shares, intervals: intervals))
  }

  func latency() -> Column {
    let seconds = arms.map { $0.cost.medianMilliseconds / 1000 }
    guard seconds.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      return .missing("The time of an answer is not known of every arm, so latency does not count.")
    }
    return .scores(seconds.map { Self.clamped(1 - (log10($0) + 1) / 2) })
  }

  func cost(quality: [Double]) -> Column {
    guard let costs = costs(quality: quality) else {
      return .missing("What an answer costs is not known of every arm, so cost does not count.")
    }
    let least = costs.compactMap(\.self).min() ?? 0
    return .scores(
      costs.map { cost in cost.map { Self.clamped(1 - log10($0 / least) / 2) } ?? 0 }
    )
  }

  /// What a right answer costs, by arm: nil of an arm that gives none. In ``currency``, or machine
  /// seconds without one.
  ///
  /// - Returns: nil where it is not known of every arm.
  func costs(quality: [Double]) -> [Double?]? {
    let answers = arms.map { arm in
      currency == nil
        ? arm.cost.medianMilliseconds / 1000 : (arm.cost.thousandAnswers ?? 0) / 1000
    }
    guard answers.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    return zip(answers, quality).map { $1 > 0 ? $0 / $1 : nil }
  }

  /// The currency that all arms have their money in.
  var currency: String? {
    guard let currency = arms.first?.cost.currency,
      arms.allSatisfy({ $0.cost.currency == currency && ($0.cost.thousandAnswers ?? 0) > 0 })
    else { return nil }
    return currency
  }

  func effort() -> Column {
    let seconds = arms.map { effortSeconds(of: $0) }
    guard seconds.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      return .missing(
        "What it took to bring the arms about is not known, so effort does not count."
      )
    }
    return .scores(seconds.map { Self.clamped(1 - log10(max($0, 1)) / 5) })
  }

  /// Machine seconds to bring an arm about and to keep it up to date for ``days``.
  func effortSeconds(of arm: ArmReport) -> Double {
    let resources = arm.cost.resources
    let begin = resources.indexingSeconds + resources.trainingSeconds
    guard let changesPerDay else { return begin }
    return begin + Self.days * changesPerDay * upkeep(of: arm)
  }

  /// Machine seconds to take up one change.
  private func upkeep(of arm: ArmReport) -> Double {
    let measured = freshness(of: arm)
    if arm.arm.retrieves { return measured?.syncSeconds ?? 0 }
    guard arm.arm.isTuned else { return 0 }
    return measured?.retrainingSeconds ?? arm.cost.resources.trainingSeconds
  }

  /// Scores where a difference is shown by intervals that do not overlap.
  private func levels(_ values: [Double], intervals: [Interval?]) -> [Double] {
    ShownLevels(values: values) { first, second in
      guard let better = intervals[first], let worse = intervals[second] else { return false }
      return better.lower > worse.upper
    }.scores
  }

  private static func clamped(_ score: Double) -> Double {
    score.isNaN ? 0 : min(max(score, 0), 1)
  }
}
