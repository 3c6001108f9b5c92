extension ComparisonReport {
  /// The fewest questions of a kind on which arms are compared.
  static let questionsPerKind = 40

  /// Measures what arms said: every arm by itself, and every two of them on the questions that both
  /// answered.
  ///
  /// A question's score is the mean over the arm's seeds. Pairs are compared on ``Measure/right``, on
  /// the questions that all finished arms answered; an arm that ended early is compared on those of
  /// them that it answered. The verdict is that of the sign-flip test over clusters
  /// (``PairedSample/signFlipTest(seed:patterns:)``), corrected by Holm over all pairs, at 5%.
  ///
  /// - Parameters:
  ///   - name: the comparison's.
  ///   - created: when it ended, in ISO 8601.
  ///   - data: what it was measured on.
  ///   - questions: those that were asked, without the excluded ones; of two with one identifier the
  ///     first counts.
  ///   - runs: what each arm said. Answers to other questions are passed over.
  ///   - terms: the company's own, for ``Measure/terminology``.
  ///   - prices: nil where money is not wanted.
  ///   - known: whether a question's fact is trained in other words, by question; empty where nothing
  ///     says.
  ///   - seed: of what is drawn by chance.
  /// - Throws: ``EvaluationError`` where there are no questions, or two runs are of one arm.
  public init(
    name: String,
    created: String,
    data: ComparisonData,
    questions: [Question],
    runs: [ArmRun],
    terms: CompanyTerms? = nil,
    prices: MachinePrices? = nil,
    known: [String: Bool] = [:],
    seed: UInt64
  ) throws {
    var ids: Set<String> = []
    let asked = questions.filter { ids.insert($0.id).inserted }
    try Self.check(asked, runs: runs, name: name)
    let arms = runs.map { ScoredRun($0, questions: asked, terms: terms) }
    let common = CommonQuestions(arms, asked: asked)
    let pairs = try common.pairs(seed: seed)
    let kinds = try common.kinds(seed: seed)
    self.init(
      name: name,
      created: created,
      data: data,
      arms: arms.map { ArmReport($0, questions: asked, known: known, prices: prices) },
      pairs: pairs,
      kinds: kinds,
      questions: asked.map { question in
        QuestionReport(question, isKnown: known[question.id], arms: arms)
      },
      remarks: ComparisonRemarks(arms: arms, asked: asked, common: common, kinds: kinds).texts
    )
  }

  private static func check(_ questions: [Question], runs: [ArmRun], name: String) throws {
    guard !questions.isEmpty else {
      throw EvaluationError(
        .noData,
        "There are no questions to compare on.",
        subject: "comparison \(name)",
        remedy: "Give questions with accepted answers, and see which were left out, and why."
      )
    }
    var seen: Set<String> = []
    if let twice = runs.first(where: { !seen.insert($0.arm.id).inserted }) {
      throw EvaluationError(
        .duplicate,
        "Two runs are of the arm \"\(twice.arm.id)\".",
        subject: "comparison \(name)",
        remedy: "Give every arm a name of its own."
      )
    }
  }
}

extension QuestionReport {
  /// A question with what the arms said to it. Arms that were not asked are left out.
  init(_ question: Question, isKnown: Bool?, arms: [ScoredRun]) {
    self.init(
      id: question.id,
      question: question.question,
      accepted: question.answers,
      kind: question.kind.rawValue,
      cluster: question.cluster,
      isKnown: isKnown,
      replies: arms.compactMap { arm in
        guard let scores = arm.scores[question.id],
          let answer = arm.answers(to: question).first
        else { return nil }
        return Reply(
          arm: arm.arm.id,
          answer: answer,
          scores: Dictionary(uniqueKeysWithValues: scores.map { ($0.key.rawValue, $0.value) })
        )
      }
    )
  }
}
