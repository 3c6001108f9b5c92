import Datasets
import FineTuning
import Foundation
import LanguageModels

/// A model that generators' tunings know how to train.
enum TunableModel {
  case language(LanguageModel)
  /// An answer model's folder, and its base's.
  case answer(folder: URL, base: URL)

  /// What makes tokens of examples, for checks and for a person to look at.
  func encoder(maximumTokens: Int) throws -> any ExampleEncoder {
    switch self {
    case .language(let model): return chatEncoder(model, maximumTokens)
    case .answer(_, let base): return try TunedAnswerModel.encoder(base: base)
    }
  }

  private func chatEncoder(_ model: LanguageModel, _ maximumTokens: Int) -> ChatExampleEncoder {
    ChatExampleEncoder(
      model,
      maximumTokens: maximumTokens,
      // A template that tells the date should tell the same one when training is resumed.
      now: Date(timeIntervalSince1970: 0)
    )
  }

  /// The model, ready to be trained.
  ///
  /// - Parameters:
  ///   - data: the examples.
  ///   - request: what is wanted.
  ///   - parent: the adapter to go on from.
  ///   - checkpoint: where checkpoints go.
  /// - Returns: what a tuning runs.
  /// - Throws: `FineTuningError` and others for what is wrong with settings, examples and model.
  func tuned(
    on data: TuningData,
    request: GeneratorTuningRequest,
    parent: LowRankAdapter?,
    checkpoint: URL
  ) throws -> any TunedGenerator {
    switch self {
    case .language(let model):
      return try TunedLanguageModel(
        model,
        encoder: chatEncoder(model, request.settings.maximumTokens),
        data: data,
        request: request,
        parent: parent,
        checkpoint: checkpoint
      )
    case .answer(let folder, let base):
      return try TunedAnswerModel(
        folder: folder,
        base: base,
        data: data,
        request: request,
        parent: parent,
        checkpoint: checkpoint
      )
    }
  }
}
