/// An arm's stored scores, which new ones are compared with: a regression test of a company's own
/// questions.
public struct ComparisonBaseline: Sendable {
  /// The arm that the scores are of.
  public let arm: String
  private let questions: [String: QuestionReport]

  /// Takes an arm's scores from a stored report.
  ///
  /// - Parameters:
  ///   - report: the stored one.
  ///   - arm: identifier of an arm of the report.
  /// - Throws: ``EvaluationError`` where the report does not hold the arm, or no answer of it.
  public init(_ report: ComparisonReport, arm: String) throws {
    let ids = report.arms.map(\.id)
    guard ids.contains(arm) else {
      throw EvaluationError(
        .missing,
        "The report holds no arm \"\(arm)\".",
        subject: "comparison \(report.name)",
        remedy: "Name one of its arms: \(ids.joined(separator: ", "))."
      )
    }
    self.arm = arm
    questions = Dictionary(
      report.questions.compactMap { question in
        let hasReply = question.replies.contains { $0.arm == arm }
        return hasReply ? (question.id, question) : nil
      },
      uniquingKeysWith: { first, _ in first }
    )
    guard !questions.isEmpty else {
      throw EvaluationError(
        .noData,
        "The report holds no answer of the arm \"\(arm)\".",
        subject: "comparison \(report.name)",
        remedy: "Compare again, and use that report as the baseline."
      )
    }
  }

  /// Compares new answers with the stored ones, question by question.
  ///
  /// Questions whose wording or accepted answers are not those of the baseline are left out, and
  /// counted.
  ///
  /// - Parameters:
  ///   - run: the arm's new answers.
  ///   - asked: the questions that were asked.
  ///   - measure: what is compared.
  ///   - terms: the company's own, where ``Measure/terminology`` is compared.
  ///   - seed: of a sign-flip test that cannot be exact.
  /// - Returns: what changed.
  /// - Throws: ``EvaluationError`` where fewer than two documents have questions to compare on.
  public func change(
    to run: ArmRun,
    questions asked: [Question],
    measure: Measure = .right,
    terms: CompanyTerms? = nil,
    seed: UInt64
  ) throws -> BaselineChange {
    let scored = ScoredRun(run, questions: asked, terms: terms)
    var pairs: [PairedSample.Pair] = []
    var ids: [String] = []
    var seen: Set<String> = []
    var (notInBaseline, notAnswered) = (0, 0)
    for question in asked where seen.insert(question.id).inserted {
      guard let old = questions[question.id], old.question == question.question,
        old.accepted == question.answers
      else {
        notInBaseline += 1
        continue
      }
      guard scored.answered(question) else {
        notAnswered += 1
        continue
      }
      guard let before = old.replies.first(where: { $0.arm == arm })?.scores[measure.rawValue],
        let now = scored.scores[question.id]?[measure]
      else { continue }
      pairs.append(PairedSample.Pair(cluster: question.cluster, first: now, second: before))
      ids.append(question.id)
    }
    guard let cluster = pairs.first?.cluster, pairs.contains(where: { $0.cluster != cluster })
    else {
      throw EvaluationError(
        .tooFewClusters,
        "\(PairSentence.count(pairs.count, "question")) can be compared with the baseline, on fewer "
          + "than two documents.",
        subject: "baseline of \(arm)",
        remedy: "Ask the baseline's questions, about two documents or more, or make a new baseline."
      )
    }
    return try BaselineChange(
      pairs,
      ids: ids,
      notInBaseline: notInBaseline,
      notAnswered: notAnswered,
      seed: seed
    )
  }
}
