import FineTuning
import Foundation
import Kernels
import LanguageModels
import Tokenizers

/// Trains an embedder on a collection.
struct EmbedderTuningRun {
  let folder: URL
  let recipe: TuningRecipe
  let kernels: KernelSet
  let progress: (String) -> Void

  /// The trained update at full strength, and how the training went.
  func train(_ collection: TuningCollection) throws -> (adapter: LowRankAdapter, TrainingResult) {
    let tokenizer = try Tokenizer.load(folder: folder)
    let settings = recipe.training
    let adapter = settings.adapter ?? LoRASettings()
    let model = try EmbedderTraining(
      folder: folder,
      method: .lowRank(adapter),
      temperature: recipe.temperature,
      seed: settings.seed,
      kernels: kernels
    )
    progress("\(collection.name): tokenizing")
    let data = try RankingData(
      examples: collection.training,
      passages: collection.passages,
      tokenizer: tokenizer,
      settings: recipe.ranking,
      maximumTokens: model.encoder.configuration.maximumPositions
    )
    let plan = try RankingPlan(
      training: data,
      negatives: recipe.minesNegatives ? mine(data, collection) : [],
      settings: recipe.ranking
    )
    let trainer = try Trainer(
      model,
      plan: plan,
      settings: settings,
      base: folder.lastPathComponent,
      kernels: kernels
    )
    progress("\(collection.name): training on \(data.examples.count) questions")
    let result = try trainer.run { report in
      if report.step % 5 == 0 || report.step == report.steps {
        progress(
          "\(collection.name): step \(report.step) of \(report.steps), loss "
            + String(format: "%.4f, %.0f tokens/s", report.loss, report.tokensPerSecond ?? 0)
        )
      }
    }
    var trained = try LowRankAdapter(parameters: model.parameters, settings: adapter)
    trained.baseFingerprint = try BaseModelFingerprint(modelAt: folder)
    trained.baseModelName = folder.lastPathComponent
    trained.taskType = "FEATURE_EXTRACTION"
    return (trained, result)
  }

  private func mine(_ data: RankingData, _ collection: TuningCollection) throws -> [[Int]] {
    progress("\(collection.name): mining hard negatives")
    let measurement = EmbedderMeasurement(
      encoder: try SentenceEncoder(folder: folder),
      kernels: kernels
    )
    return try HardNegatives().mine(
      data,
      questions: measurement.vectors(collection.training.map(\.question)),
      passages: measurement.vectors(collection.passages),
      kernels: kernels
    )
  }
}
