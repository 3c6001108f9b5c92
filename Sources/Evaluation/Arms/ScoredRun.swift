/// A run with the scores of its answers: what reports are made of.
struct ScoredRun {
  let run: ArmRun
  /// The seeds that answered anything.
  let seeds: [ArmRun.Seed]
  /// By question, each the mean over the seeds, of questions that all seeds were asked.
  private(set) var scores: [String: [Measure: Double]] = [:]

  init(_ run: ArmRun, questions: [Question], terms: CompanyTerms?) {
    self.run = run
    seeds = run.seeds.filter { !$0.answers.isEmpty }
    for question in questions {
      let answers = seeds.compactMap { $0.answers[question.id] }
      guard !answers.isEmpty, answers.count == seeds.count else { continue }
      scores[question.id] = Self.mean(
        answers.map { AnswerScores($0, to: question, terms: terms).values }
      )
    }
  }

  var arm: Arm { run.arm }

  /// Whether what is said of the arm holds only for the adapters that were trained.
  var isForTheseSeeds: Bool { arm.isTuned && seeds.count < 3 }

  func answered(_ question: Question) -> Bool { scores[question.id] != nil }

  /// The answers to a question, one of each seed.
  func answers(to question: Question) -> [ArmAnswer] {
    seeds.compactMap { $0.answers[question.id] }
  }

  /// A measure over questions; nil where none has it.
  func share(_ measure: Measure, over questions: [Question]) -> MeasuredShare? {
    MeasuredShare(
      questions.compactMap { question in
        scores[question.id]?[measure].map { (question.cluster, $0) }
      }
    )
  }

  /// The share of facts asked in two wordings or more to which every wording and seed got the same
  /// answer; nil where there is no such fact. An answer that failed is the same as no other.
  func stability(over questions: [Question]) -> MeasuredShare? {
    var facts: [String: [Question]] = [:]
    for question in questions where answered(question) {
      if let fact = question.fact { facts[fact, default: []].append(question) }
    }
    let repeated = facts.values.filter { $0.count >= 2 }
    return MeasuredShare(
      repeated.map { wordings in
        let said = wordings.flatMap { answers(to: $0) }
        let isStable =
          Set(said.map(Said.init)).count == 1 && !said.contains { $0.outcome == .failed }
        return (wordings.map(\.cluster).min() ?? "", isStable ? 1 : 0)
      }
    )
  }

  private static func mean(_ seeds: [[Measure: Double]]) -> [Measure: Double] {
    var mean: [Measure: Double] = [:]
    for measure in Measure.allCases {
      let scores = seeds.compactMap { $0[measure] }
      if !scores.isEmpty { mean[measure] = scores.reduce(0, +) / Double(scores.count) }
    }
    return mean
  }
}

/// What was said, for comparison with what is said to another wording.
private struct Said: Hashable {
  let outcome: ArmAnswer.Outcome
  let words: String

  init(_ answer: ArmAnswer) {
    outcome = answer.outcome
    words = answer.outcome == .answered ? AnswerMetrics.normalized(answer.answer) : ""
  }
}
