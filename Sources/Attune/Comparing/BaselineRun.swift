public import Evaluation
import Foundation

/// Asks an arm of a stored comparison its questions again, to see whether it has become worse: a
/// regression test of a company's own questions.
public struct BaselineRun {
  private let baseline: ComparisonReport
  private let recipe: ArmRecipe
  private let workspace: Workspace
  private let session: WorkspaceSession

  /// - Parameters:
  ///   - baseline: The stored report.
  ///   - arm: Identifier of one of its arms.
  ///   - workspace: The workspace as it is now.
  /// - Throws: `EvaluationError` where the report does not hold the arm; ``AttuneError`` where nothing was
  ///   taken in.
  public init(_ baseline: ComparisonReport, arm: String, in workspace: Workspace) throws {
    try self.init(baseline, arm: arm, in: workspace, session: workspace.session(generates: false))
  }

  /// The same with a session that is open.
  package init(
    _ baseline: ComparisonReport,
    arm: String,
    in workspace: Workspace,
    session: WorkspaceSession
  ) throws {
    _ = try ComparisonBaseline(baseline, arm: arm)
    self.baseline = baseline
    self.workspace = workspace
    self.session = session
    let plan = workspace.layout.run(baseline.name).appending(path: "plan.json")
    let kept = (try? Data(contentsOf: plan)).flatMap {
      try? JSONDecoder().decode(ComparisonPlan.self, from: $0)
    }
    let known = (kept?.request.arms ?? ArmRecipe.standard).first { $0.id == arm }
    guard let known else {
      throw AttuneError(
        .comparisonInvalid,
        "How the arm \(arm) comes about is not known any more.",
        subject: baseline.name,
        remedy: "Compare again with attune compare, and take that report as the baseline."
      )
    }
    recipe = known
  }

  /// Asks all questions of the report.
  ///
  /// - Parameter progress: told how many of how many are asked.
  /// - Returns: what has changed.
  /// - Throws: what the arm throws, and `EvaluationError` where nothing can be compared.
  public func run(progress: (Int, Int) throws -> Void) async throws -> BaselineChange {
    let questions = baseline.questions.map(Question.init)
    let seed = baseline.arms.first { $0.id == recipe.id }?.seeds.first ?? 0
    let adapter = recipe.adapterName(in: baseline.name, seed: seed)
    let arm = try ArmFactory(workspace: workspace, session: session).arm(recipe, adapter: adapter)
    var answers: [String: ArmAnswer] = [:]
    for (index, question) in questions.enumerated() {
      answers[question.id] = try await arm.answer(question)
      try progress(index + 1, questions.count)
    }
    let run = ArmRun(
      arm: recipe.arm(generator: arm.generator),
      seeds: [.init(seed: 0, answers: answers)],
      resources: ArmResources()
    )
    return try ComparisonBaseline(baseline, arm: recipe.id)
      .change(to: run, questions: questions, seed: 0)
  }
}

extension Question {
  /// A question of a report, clustered as it was there.
  fileprivate init(_ report: QuestionReport) {
    self.init(
      id: report.id,
      question: report.question,
      answers: report.accepted,
      kind: Kind(rawValue: report.kind),
      places: [Place(document: report.cluster)]
    )
  }
}
