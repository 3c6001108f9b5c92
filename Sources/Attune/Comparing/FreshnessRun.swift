import Datasets
import Evaluation
import FineTuning
import Foundation
import Knowledge

/// Measures how arms take up changed facts: on a copy of the workspace, whose documents are exchanged for
/// later editions.
struct FreshnessRun {
  let comparison: Comparison
  let changes: URL

  /// Answers a day that the curve of costs assumes.
  static let answersPerDay = 200.0

  init(_ comparison: Comparison, changes: URL) {
    self.comparison = comparison
    self.changes = changes
  }

  /// When an arm is asked.
  private enum Time: String {
    case before = "before the sync"
    case after = "after the sync"
    case retrained = "trained again"

    /// In the name of a file.
    var name: String { rawValue.replacing(" ", with: "-") }
  }

  /// What an arm said at one time.
  private typealias Answers = [String: ArmAnswer]

  /// Measures all arms that answered the comparison's questions.
  ///
  /// - Parameters:
  ///   - runs: the arms as they were trained on the old editions.
  ///   - stop: asks to stop.
  ///   - progress: told what is done.
  /// - Returns: what was found, and what a reader should know; nil where it was stopped.
  /// - Throws: ``AttuneError`` where the changes fit neither questions nor sources, and what keeping
  ///   answers throws.
  func report(
    _ runs: [ArmRun],
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> FreshnessReport? {
    let changed = try DocumentChanges(changes)
    let asked = try questions(on: changed)
    try progress(.preparing("taking in a copy of the documents"))
    let place = comparison.folder.appending(path: "freshness")
    // Answers and adapters are kept; the copy is made anew when the comparison goes on.
    defer { try? FileManager.default.removeItem(at: place) }
    let copy = try ChangedWorkspace(
      of: comparison.workspace,
      session: comparison.session,
      for: changed,
      at: place
    )
    var before: [String: Answers] = [:]
    let old = try copy.session()
    for recipe in arms(of: runs) {
      guard
        let answers = try await ask(
          recipe,
          asked,
          in: old,
          .before,
          of: changed,
          stop: stop,
          progress: progress
        )
      else { return nil }
      before[recipe.id] = answers
    }
    try progress(.preparing("taking in the later editions"))
    let sync = try copy.change(changed)
    let new = try copy.session()
    var measured: [FreshnessReport.ArmFreshness] = []
    var costs: [FreshnessCosts.ArmSeconds] = []
    for recipe in arms(of: runs) {
      guard let run = runs.first(where: { $0.arm.id == recipe.id }) else { continue }
      // What reads no documents does not notice a sync.
      var after = before[recipe.id] ?? [:]
      if recipe.retrieves {
        guard
          let answers = try await ask(
            recipe,
            asked,
            in: new,
            .after,
            of: changed,
            stop: stop,
            progress: progress
          )
        else { return nil }
        after = answers
      }
      var retrained: (answers: Answers, seconds: Double)?
      if recipe.weights == .trained {
        guard
          let result = try await retrain(
            recipe,
            asked,
            changed,
            in: new,
            stop: stop,
            progress: progress
          )
        else { return nil }
        retrained = result
      }
      let arm = freshness(
        recipe,
        asked,
        before: before[recipe.id] ?? [:],
        after: after,
        retrained: retrained,
        syncSeconds: sync.seconds
      )
      guard let arm else { continue }
      measured.append(arm)
      let times = run.seeds.flatMap { $0.answers.values.map(\.milliseconds) }.sorted()
      costs.append(
        .init(
          arm: recipe.id,
          answer: times.isEmpty ? 0 : times[times.count / 2] / 1000,
          sync: recipe.retrieves ? sync.seconds : nil,
          retraining: recipe.retrieves ? nil : retrained?.seconds
        )
      )
    }
    let curve = try FreshnessCosts(arms: costs, answersPerDay: Self.answersPerDay)
    return FreshnessReport(
      questions: asked.count,
      documents: sync.documents,
      arms: measured,
      curve: curve.curve(),
      answersPerDay: Self.answersPerDay,
      breakEvenChangesPerDay: curve.breakEvenChangesPerDay(
        retrieval: "retrieval",
        fineTuned: "fine-tuned"
      ),
      changesPerDay: comparison.data.changesPerDay
    )
  }

  /// A question on a changed fact, with what was right and what is.
  private struct Asked {
    let question: Question
    let old: [String]
    let new: [String]

    /// The question as it is to be answered now.
    var now: Question {
      var question = question
      question.answers = new
      return question
    }
  }

  /// The questions on changed facts that nothing was trained on in these words.
  private func questions(on changed: DocumentChanges) throws -> [Asked] {
    let all = try QuestionSource(workspace: comparison.workspace).read(comparison.request.questions)
    let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let asked = changed.changes.flatMap { change in
      change.questions.compactMap { byID[$0] }.filter { $0.isAnswerable && $0.kind != .countSum }
        .map { Asked(question: $0, old: change.oldAnswers, new: change.newAnswers) }
    }
    let trained = comparison.questions.training.compactMap(\.question)
    let matches = SimilarWordings.matches(of: asked.map(\.question.question), among: trained)
    let left = zip(asked, matches).filter { $0.1 == nil }.map(\.0)
    guard !left.isEmpty else {
      throw AttuneError(
        .comparisonInvalid,
        "No question asks for a changed fact in words that were not trained on.",
        subject: changes.path,
        remedy:
          "Name questions of the question file in changes.jsonl that are not in its part “train”."
      )
    }
    return left
  }

  private func arms(of runs: [ArmRun]) -> [ArmRecipe] {
    comparison.request.arms.filter { recipe in
      runs.contains { $0.arm.id == recipe.id && $0.failure == nil }
    }
  }

  private func ask(
    _ recipe: ArmRecipe,
    _ asked: [Asked],
    in session: WorkspaceSession,
    _ time: Time,
    of changed: DocumentChanges,
    adapter: String? = nil,
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> Answers? {
    let factory = ArmFactory(workspace: comparison.workspace, session: session)
    // That of the first seed.
    let trained =
      adapter ?? recipe.adapterName(in: comparison.name, seed: comparison.request.seed)
    return try await comparison.ask(
      factory.arm(recipe, adapter: trained),
      asked.map(\.question),
      journal: ArmJournal(
        url: comparison.folder.appending(path: "\(recipe.id)-\(changed.digest)-\(time.name).jsonl")
      ),
      tracesTraining: false,
      stop: stop
    ) { try progress(.asking(arm: recipe.title, label: time.rawValue, done: $0, of: $1)) }?.answers
  }

  /// Trains again with the new answers and asks.
  private func retrain(
    _ recipe: ArmRecipe,
    _ asked: [Asked],
    _ changed: DocumentChanges,
    in session: WorkspaceSession,
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> (answers: Answers, seconds: Double)? {
    let factory = ArmFactory(workspace: comparison.workspace, session: session)
    guard
      let trained = try comparison.training(in: session).train(
        recipe,
        model: factory.trainedModel(of: recipe),
        on: try comparison.questions.training(after: changed, in: session),
        label: "retrained-\(changed.digest)",
        seed: comparison.request.seed,
        stop: stop,
        progress: { try progress(.training(arm: recipe.title, label: "again", $0)) }
      ),
      let answers = try await ask(
        recipe,
        asked,
        in: session,
        .retrained,
        of: changed,
        adapter: trained.adapter,
        stop: stop,
        progress: progress
      )
    else { return nil }
    return (answers, trained.seconds)
  }

  private func freshness(
    _ recipe: ArmRecipe,
    _ asked: [Asked],
    before: Answers,
    after: Answers,
    retrained: (answers: Answers, seconds: Double)?,
    syncSeconds: Double
  ) -> FreshnessReport.ArmFreshness? {
    func share(_ answers: Answers, _ accepted: (Asked) -> [String]) -> MeasuredShare? {
      MeasuredShare(
        asked.map { item in
          let answer = answers[item.question.id]?.answer ?? ""
          let isRight = AnswerMetrics.contains(answer, accepted: accepted(item))
          return (item.question.cluster, isRight ? 1 : 0)
        }
      )
    }
    guard let atOnce = share(before, \.new), let afterSync = share(after, \.new),
      let stale = share(after, \.old)
    else { return nil }
    let afterRetraining = retrained.flatMap { share($0.answers, \.new) }
    // An arm that reads answers by the sync; one that does not, by retraining.
    let seconds =
      recipe.retrieves ? syncSeconds : retrained.map { syncSeconds + $0.seconds }
    return FreshnessReport.ArmFreshness(
      arm: recipe.id,
      atOnce: atOnce,
      afterSync: afterSync,
      afterRetraining: afterRetraining,
      stale: stale,
      syncSeconds: syncSeconds,
      retrainingSeconds: retrained?.seconds,
      secondsToDate: seconds,
      cost: seconds.flatMap { comparison.workspace.configuration.prices?.money(seconds: $0) }
    )
  }
}
