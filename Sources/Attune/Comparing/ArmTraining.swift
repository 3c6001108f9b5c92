import Datasets
import Documents
import Evaluation
import FineTuning
import Foundation
import Knowledge
import LanguageModels

/// Trains the adapters of a comparison.
struct ArmTraining {
  let workspace: Workspace
  let session: WorkspaceSession
  let request: ComparisonRequest
  /// The comparison's folder, where the examples are written.
  let folder: URL
  /// The comparison's name, with which the adapters' names begin.
  let name: String

  /// What a training gave.
  struct Result {
    let adapter: String
    let seconds: Double
    let examples: Int
  }

  /// How many wordings are made of each question by leaving out words, and what share of its words is
  /// left out at most. Whoever asks next chooses other words.
  private static let shortened = 4
  private static let dropped = 0.5

  /// Trains an arm's adapter, or goes on with it, or takes the one that is trained already.
  ///
  /// - Parameters:
  ///   - arm: the arm.
  ///   - model: the model that is tuned.
  ///   - examples: what it is trained on.
  ///   - label: what tells this training from others of the arm, such as `quarter`; may be empty.
  ///   - seed: decides the order of the examples and the adapter's start.
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: told of every step.
  /// - Returns: the adapter; nil where the training was interrupted, or the arm is none to train.
  /// - Throws: what reading, checking and training throw.
  func train(
    _ arm: ArmRecipe,
    model: String,
    on examples: [Example],
    label: String = "",
    seed: UInt64,
    stop: StopRequest,
    progress: (TrainingProgress) throws -> Void
  ) throws -> Result? {
    guard let adapter = arm.adapterName(in: name, label: label, seed: seed) else { return nil }
    if let record = try? workspace.adapters.record(of: adapter) {
      return Result(adapter: adapter, seconds: record.seconds ?? 0, examples: examples.count)
    }
    let tuning: any Tuning
    if workspace.interruptedTunings().contains(adapter) {
      tuning = try workspace.resumedTuning(adapter)
    } else {
      let file = folder.appending(path: "\(adapter).examples.jsonl")
      let training =
        arm.retrieves
        ? try readings(of: examples) : Self.recollections(of: examples, seed: seed)
      try DatasetFile.write(training, to: file, format: .attune)
      var tuned = GeneratorTuningRequest(name: adapter, data: .files([file.path]))
      tuned.model = model
      tuned.settings = arm.retrieves ? request.reading : request.memory
      tuned.settings.seed = seed
      tuned.distractors = arm.retrieves ? request.distractors : nil
      tuning = try workspace.generatorTuning(tuned)
    }
    let record = try tuning.run(stop: stop) { phase in
      if case .trained(let step) = phase { try progress(step) }
    }
    guard let record else { return nil }
    return Result(adapter: adapter, seconds: record.seconds ?? 0, examples: examples.count)
  }

  /// Each question as it is, and without some of its words, so that no single word decides.
  private static func recollections(of examples: [Example], seed: UInt64) -> [Example] {
    var generator = SeededGenerator(seed: seed)
    return examples.flatMap { example -> [Example] in
      guard let question = example.question, let answer = example.answer else { return [] }
      let others = (0..<shortened).map { _ in
        ShortenedQuestion.of(question, dropping: dropped, using: &generator)
      }
      return ([question] + others).map {
        Self.example($0, answer, like: example, passage: nil, distractors: [])
      }
    }
  }

  /// Examples with their passages, and as distractors what a search finds that does not answer.
  private func readings(of examples: [Example]) throws -> [Example] {
    try examples.compactMap { example in
      guard let question = example.question, let answer = example.answer,
        let passage = example.passage
      else { return nil }
      let found = try session.search(question, limit: 2 * request.distractors + 3)
        .map(\.passage.passage.text)
        .filter { $0 != passage && !AnswerMetrics.contains($0, accepted: [answer]) }
      return Self.example(
        question,
        answer,
        like: example,
        passage: passage,
        distractors: Array(found.prefix(request.distractors))
      )
    }
  }

  private static func example(
    _ question: String,
    _ answer: String,
    like example: Example,
    passage: String?,
    distractors: [String]
  ) -> Example {
    Example(
      [
        .init(.system, MemoryArm.instructions), .init(.user, question), .init(.assistant, answer),
      ],
      origin: example.origin,
      passage: passage,
      distractors: distractors,
      source: example.source,
      split: .train
    )
  }
}
