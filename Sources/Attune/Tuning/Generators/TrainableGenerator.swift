import FineTuning
import LanguageModels

/// A generator in training, as a tuning sees it.
protocol TrainableGenerator: SizedModel {
  /// The adapter as trained so far.
  func adapter() throws -> LowRankAdapter
}

extension TrainableDecoder: TrainableGenerator {}

extension TrainableAnswerModel: TrainableGenerator {}
