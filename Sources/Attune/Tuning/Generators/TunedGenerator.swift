import Datasets
import FineTuning
import Foundation
import LanguageModels

/// The part of a generator's tuning that depends on what kind of model it is.
protocol TunedGenerator: AnyObject {
  /// What of the training examples did not fit.
  var losses: FittedExamples.Losses { get }
  /// Examples that the model cannot take, with the reason of the first.
  var refused: (count: Int, reason: String)? { get }
  /// How many examples are trained on.
  var trainingCount: Int { get }
  /// Which document each held-out example that can be measured is about.
  var testDocuments: [String] { get }
  /// Texts that measure what is forgotten.
  var generalTexts: [String] { get }
  /// How many steps the training has, and how many numbers it changes.
  var size: (steps: Int, trained: Int) { get }
  /// Which model it is.
  var fingerprint: BaseModelFingerprint? { get throws }

  /// A training example token by token.
  func shown(_ index: Int) -> [(token: Int32, text: String, isLearnt: Bool)]

  /// What the training will take, from one trial step.
  func estimate(watts: Double?) throws -> TrainingEstimate

  /// The losses of the held-out and of the general texts.
  func measure(_ progress: (TuningPhase) throws -> Void) throws -> MeasuredLosses

  /// Goes on from a checkpoint.
  func resume(from checkpoint: URL) throws

  /// What records the examples behind answers.
  func influence(in run: URL) throws -> TuningInfluence

  /// Trains.
  func train(
    stop: StopRequest,
    progress: (TrainingProgress) throws -> Void
  ) throws -> TrainingResult

  /// What was trained.
  func adapter() throws -> LowRankAdapter
}

/// Losses of the same texts, before a training or after it.
struct MeasuredLosses: Codable {
  var heldOut: [Double]
  var general: [Double]
}
