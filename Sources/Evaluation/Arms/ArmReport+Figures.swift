import Foundation

extension ArmReport {
  /// Measures an arm on the questions that it answered.
  ///
  /// - Parameters:
  ///   - scored: the arm's run.
  ///   - questions: all that were asked.
  ///   - known: whether a question's fact is trained in other words, by question.
  ///   - prices: nil where money is not wanted.
  init(
    _ scored: ScoredRun,
    questions: [Question],
    known: [String: Bool],
    prices: MachinePrices?
  ) {
    let answered = questions.filter(scored.answered)
    let answers = answered.flatMap { scored.answers(to: $0) }
    var measures: [String: MeasuredShare] = [:]
    for measure in Measure.allCases {
      measures[measure.rawValue] =
        measure == .stability
        ? scored.stability(over: answered) : scored.share(measure, over: answered)
    }
    let surprises = answers.compactMap(\.surprise)
    self.init(
      arm: scored.arm,
      seeds: scored.run.seeds.map(\.seed),
      answered: answered.count,
      failure: scored.run.failure,
      measures: measures,
      known: scored.share(.right, over: answered.filter { known[$0.id] == true }),
      new: scored.share(.right, over: answered.filter { known[$0.id] == false }),
      perplexity: surprises.isEmpty
        ? nil : exp(surprises.reduce(0, +) / Double(surprises.count)),
      transparency: Transparency(answers),
      cost: Cost(
        answers,
        resources: scored.run.resources,
        right: measures[Measure.right.rawValue]?.mean,
        prices: prices
      )
    )
  }
}

extension ArmReport.Transparency {
  /// The shares of those answers that were given; all 0 where none was.
  init(_ answers: [ArmAnswer]) {
    let given = answers.filter { $0.outcome == .answered }
    let bySource = given.count { !$0.citations.isEmpty }
    let byTraining = given.count { $0.citations.isEmpty && !$0.trainedOn.isEmpty }
    let count = Double(max(1, given.count))
    self.init(
      source: Double(bySource) / count,
      training: Double(byTraining) / count,
      neither: Double(given.count - bySource - byTraining) / count
    )
  }
}

extension ArmReport.Cost {
  /// Costs by the answers that did not fail.
  init(
    _ answers: [ArmAnswer],
    resources: ArmResources,
    right: Double?,
    prices: MachinePrices?
  ) {
    let ended = answers.filter { $0.outcome != .failed }
    let times = ended.map(\.milliseconds).sorted()
    let count = Double(max(1, ended.count))
    let meanSeconds = times.reduce(0, +) / count / 1000
    let perAnswer = times.isEmpty ? nil : prices?.money(seconds: meanSeconds)
    let perRight = right.flatMap { right in right > 0 ? perAnswer.map { $0 / right } : nil }
    self.init(
      medianMilliseconds: Self.quantile(0.5, ofSorted: times),
      p95Milliseconds: Self.quantile(0.95, ofSorted: times),
      promptTokens: ended.reduce(0.0) { $0 + Double($1.promptTokens) } / count,
      completionTokens: ended.reduce(0.0) { $0 + Double($1.completionTokens) } / count,
      resources: resources,
      thousandAnswers: perAnswer.map { $0 * 1000 },
      rightAnswer: perRight,
      preparation: prices?.money(
        seconds: resources.indexingSeconds + resources.trainingSeconds
      ),
      currency: prices?.currency
    )
  }

  /// Linear between order statistics; 0 of nothing.
  private static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
    guard let last = values.last else { return 0 }
    let position = probability * Double(values.count - 1)
    let below = Int(position)
    let above = below + 1 < values.count ? values[below + 1] : last
    return values[below] + (position - Double(below)) * (above - values[below])
  }
}
