import Datasets
import FineTuning
import Foundation

/// The part of a generator's tuning that depends on what kind of model it is.
protocol TunedGenerator: AnyObject {
  /// The model in training.
  associatedtype Model: TrainableGenerator

  /// What is wanted.
  var request: GeneratorTuningRequest { get }
  /// The folder of the model.
  var folder: URL { get }
  /// What trains it.
  var trainer: Trainer<Model> { get }
  /// What of the training examples did not fit.
  var losses: FittedExamples.Losses { get }
  /// Examples that the model cannot take, with the reason of the first.
  var refused: (count: Int, reason: String)? { get }
  /// How many examples are trained on.
  var trainingCount: Int { get }
  /// Bytes that a weight takes which is not trained.
  var bytesPerFrozenWeight: Double { get }
  /// The held-out examples that can be measured, each alone.
  var heldOut: [Model.Batch] { get }
  /// Which document each of these is about.
  var testDocuments: [String] { get }
  /// What measures what is forgotten, each text alone.
  var general: [Model.Batch] { get }
  /// The texts of these.
  var generalTexts: [String] { get }
  /// What adapters say that the model does.
  var taskType: String { get }

  /// A training example token by token.
  func shown(_ index: Int) -> [(token: Int32, text: String, isLearnt: Bool)]

  /// What records the examples behind answers.
  func influence(in run: URL) throws -> TuningInfluence
}

/// Losses of the same texts, before a training or after it.
struct MeasuredLosses: Codable {
  var heldOut: [Double]
  var general: [Double]
}
