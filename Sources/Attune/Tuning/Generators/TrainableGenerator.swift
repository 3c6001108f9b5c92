import FineTuning
import LanguageModels

/// A generator in training, as a tuning sees it.
protocol TrainableGenerator: TrainableModel {
  /// How many numbers are trained, and how many stay as they are.
  var counts: (trained: Int, frozen: Int) { get }
  /// Bytes that one token leaves behind on the way forward, about.
  var activationBytesPerToken: Int { get }

  /// The adapter as trained so far.
  func adapter() throws -> LowRankAdapter
}

extension TrainableDecoder: TrainableGenerator {}

extension TrainableAnswerModel: TrainableGenerator {}
