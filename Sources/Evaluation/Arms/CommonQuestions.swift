/// The questions that arms can be compared on.
struct CommonQuestions {
  /// Arms that answered anything.
  let arms: [ScoredRun]
  /// Questions that all finished arms answered; with no finished arm, all that were asked.
  let questions: [Question]

  init(_ arms: [ScoredRun], asked: [Question]) {
    self.arms = arms.filter { !$0.scores.isEmpty }
    let finished = self.arms.filter { $0.run.failure == nil }
    questions = asked.filter { question in finished.allSatisfy { $0.answered(question) } }
  }

  /// Every two arms, in the order of the arms.
  var couples: [(first: ScoredRun, second: ScoredRun)] {
    arms.indices.flatMap { index in arms[(index + 1)...].map { (arms[index], $0) } }
  }

  /// Couples that no verdict is possible on, since they share questions on less than two clusters.
  var couplesApart: [(first: ScoredRun, second: ScoredRun)] {
    couples.filter { !Self.isEnough(shared($0, of: questions)) }
  }

  /// All couples that share questions on two clusters or more.
  func pairs(seed: UInt64) throws -> [PairReport] { try pairs(of: questions, seed: seed) }

  /// The arms on each kind of question, in the order of kinds.
  func kinds(seed: UInt64) throws -> [KindReport] {
    let byKind = Dictionary(grouping: questions, by: \.kind.rawValue)
    return try byKind.sorted { $0.key < $1.key }.map { kind, questions in
      var right: [String: MeasuredShare] = [:]
      for arm in arms { right[arm.arm.id] = arm.share(.right, over: questions) }
      let isEnough = questions.count >= ComparisonReport.questionsPerKind
      return KindReport(
        kind: kind,
        questions: questions.count,
        right: right,
        pairs: isEnough
          ? try pairs(of: questions, fewest: ComparisonReport.questionsPerKind, seed: seed) : []
      )
    }
  }

  private func pairs(
    of questions: [Question],
    fewest: Int = 1,
    seed: UInt64
  ) throws -> [PairReport] {
    PairComparison.reports(
      try couples.compactMap { couple in
        let shared = shared(couple, of: questions)
        guard shared.count >= fewest, Self.isEnough(shared) else { return nil }
        return try PairComparison(couple.first, couple.second, questions: shared, seed: seed)
      }
    )
  }

  private func shared(
    _ couple: (first: ScoredRun, second: ScoredRun),
    of questions: [Question]
  ) -> [Question] {
    questions.filter { couple.first.answered($0) && couple.second.answered($0) }
  }

  private static func isEnough(_ questions: [Question]) -> Bool {
    guard let first = questions.first?.cluster else { return false }
    return questions.contains { $0.cluster != first }
  }
}
