import Datasets
import Evaluation
import FineTuning
import Foundation
import Kernels
import LanguageModels
import Tokenizers

/// Trains an answer model to answer questions from memory.
struct MemoryTuning {
  let recipe: MemoryRecipe
  /// The model's folder, and its base's.
  let folder: URL
  let base: URL
  /// Where a model goes all of whose weights were trained.
  let output: URL

  /// Trains on questions with their first accepted answer.
  ///
  /// - Returns: the tuned model, and how the training went.
  /// - Throws: `FineTuningError`, `LanguageModelError` or `TokenizerError`.
  func train(
    on questions: [Question],
    progress: (String) -> Void
  ) throws -> (model: AnswerModel, result: TrainingResult) {
    let model = try TrainableAnswerModel(
      base: base,
      folder: folder,
      method: recipe.method,
      seed: recipe.training.seed
    )
    let encoder = try ReadingEncoder(
      tokenizer: Tokenizer.load(folder: base),
      positions: model.configuration.maximumPositions
    )
    let readings = examples(of: questions).compactMap { encoder.encode($0) }
    let trainer = try Trainer(
      model,
      plan: ReadingPlan(training: readings, settings: recipe.training),
      settings: recipe.training,
      base: folder.lastPathComponent,
      kernels: KernelSet.active()
    )
    let result = try trainer.run { report in
      if report.step % 50 == 0 || report.step == report.steps {
        progress(
          "memory: step \(report.step) of \(report.steps), loss "
            + String(format: "%.4f, %.0f tokens/s", report.loss, report.tokensPerSecond ?? 0)
        )
      }
    }
    return (try tuned(model), result)
  }

  private func tuned(_ model: TrainableAnswerModel) throws -> AnswerModel {
    if case .lowRank = recipe.method {
      return try AnswerModel(folder: folder, base: base, adapter: model.adapter())
    }
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    try model.write(to: output.appending(path: "model.safetensors"))
    let settings = try AnswerModelSettings(folder.appending(path: "config.json"))
    try JSONEncoder().encode(settings).write(to: output.appending(path: "config.json"))
    return try AnswerModel(folder: output, base: base)
  }

  /// Each question as it is, and without some of its words, so that no single word decides: who asks
  /// next will choose others.
  private func examples(of questions: [Question]) -> [ReadingExample] {
    var generator = SeededGenerator(seed: recipe.training.seed)
    return questions.flatMap { question in
      let answer = question.answers.first
      let shortened = (0..<recipe.shortenedWordings).map { _ in
        ShortenedQuestion.of(question.question, dropping: recipe.dropped, using: &generator)
      }
      return ([question.question] + shortened).map {
        ReadingExample(question: $0, answer: answer, kind: "memory", source: question.id)
      }
    }
  }
}
