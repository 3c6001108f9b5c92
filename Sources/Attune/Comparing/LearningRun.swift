import Datasets
import Evaluation
import FineTuning
import Foundation
import LanguageModels

/// Trains the fine-tuned arm on growing parts of its data.
struct LearningRun {
  let comparison: Comparison

  /// Each part holds the one before it.
  private static let shares = [
    (share: 0.125, label: "eighth"), (0.25, "quarter"), (0.5, "half"),
  ]

  init(_ comparison: Comparison) { self.comparison = comparison }

  /// Measures the curve.
  ///
  /// - Parameters:
  ///   - runs: the arms on all data.
  ///   - best: the share of right answers of the best arm, which the curve is to reach.
  ///   - stop: asks to stop.
  ///   - progress: told what is done.
  /// - Returns: the curve, where there is one, and what a reader should know; nil where it was stopped.
  /// - Throws: what keeping answers throws.
  func report(
    _ runs: [ArmRun],
    best: (title: String, right: Double)?,
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> (report: LearningReport?, remarks: [String])? {
    let recipes = comparison.request.arms
    guard let recipe = recipes.first(where: { $0.weights == .trained && !$0.retrieves }),
      let whole = runs.first(where: { $0.arm.id == recipe.id }), whole.failure == nil,
      let answers = whole.seeds.first?.answers
    else {
      return (nil, ["The learning curve needs an arm that is fine-tuned without passages."])
    }
    let examples = comparison.questions.training
    let order = shuffled(examples)
    var points: [(share: Double, examples: Int, seconds: Double, answers: [String: ArmAnswer])] = []
    for (share, label) in Self.shares {
      let count = Int((Double(examples.count) * share).rounded())
      // A handful of examples teaches nothing that could be measured.
      guard count >= 8 else { continue }
      let part = order.prefix(count).sorted().map { examples[$0] }
      guard
        let asked = try await answer(
          recipe,
          trainedOn: part,
          label: label,
          stop: stop,
          progress: progress
        )
      else { return nil }
      points.append((share, count, asked.seconds, asked.answers))
    }
    points.append((1, examples.count, whole.resources.trainingSeconds, answers))
    let questions = comparison.questions.asked
    let clusters = Dictionary(
      questions.map { ($0.id, $0.cluster) },
      uniquingKeysWith: { first, _ in first }
    )
    let scored = points.map { point in
      questions.reduce(into: [String: Double]()) { scores, question in
        scores[question.id] = point.answers[question.id].flatMap {
          AnswerScores($0, to: question)[.right]
        }
      }
    }
    let fit = try LearningFit(
      points: zip(points, scored).map { .init(examples: $0.examples, scores: $1) },
      clusters: clusters,
      title: recipe.title,
      target: best.map { .init(title: $0.title, right: $0.right) },
      seed: comparison.request.seed
    )
    let report = LearningReport(
      arm: recipe.id,
      points: zip(points, scored).compactMap { point, scores in
        MeasuredShare(scores.sorted { $0.key < $1.key }.map { (clusters[$0.key] ?? "", $0.value) })
          .map {
            .init(share: point.share, examples: point.examples, right: $0, seconds: point.seconds)
          }
      },
      verdict: fit.verdict,
      examplesNeeded: fit.examplesNeeded,
      sentence: fit.sentence
    )
    return (report, [])
  }

  /// The examples in an order of chance, as indices.
  private func shuffled(_ examples: [Example]) -> [Int] {
    var generator = SeededGenerator(seed: comparison.request.seed)
    return examples.indices.shuffled(using: &generator)
  }

  private func answer(
    _ recipe: ArmRecipe,
    trainedOn part: [Example],
    label: String,
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> (seconds: Double, answers: [String: ArmAnswer])? {
    let factory = ArmFactory(workspace: comparison.workspace, session: comparison.session)
    let shown = "on a\(label == "eighth" ? "n" : "") \(label) of the data"
    guard
      let trained = try comparison.training(in: comparison.session).train(
        recipe,
        model: factory.trainedModel(of: recipe),
        on: part,
        label: label,
        seed: comparison.request.seed,
        stop: stop,
        progress: { try progress(.training(arm: recipe.title, label: shown, $0)) }
      )
    else { return nil }
    let journal = ArmJournal(
      url: comparison.folder.appending(path: "\(recipe.id)-\(label).jsonl")
    )
    guard
      let asked = try await comparison.ask(
        factory.arm(recipe, adapter: trained.adapter),
        comparison.questions.asked,
        journal: journal,
        tracesTraining: true,
        stop: stop,
        progress: { try progress(.asking(arm: recipe.title, label: shown, done: $0, of: $1)) }
      )
    else { return nil }
    return (trained.seconds, asked.answers)
  }
}
