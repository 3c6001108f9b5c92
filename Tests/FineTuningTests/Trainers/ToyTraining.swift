import Datasets
import FineTuning
import Foundation
import Kernels
import TestSupport

/// A small training for tests.
struct ToyTraining {
  var settings: TrainingSettings
  var training: [EncodedExample]
  var validation: [EncodedExample]
  var file: URL?
  var base = "toy"

  /// Thirty steps of eight examples with three looks at validation data in ten steps.
  init(file: URL? = nil, seed: UInt64 = 1) {
    self.file = file
    var settings = TrainingSettings()
    settings.learningRate = 0.05
    settings.length = .steps(30)
    settings.stepSize = .examples(8)
    settings.tokensPerPass = 40
    settings.maximumTokens = 20
    settings.evaluationInterval = 3
    settings.checkpointInterval = 7
    settings.optimizer.weightDecay = 0.01
    settings.seed = 9
    self.settings = settings
    training = Self.examples(50, seed: seed)
    validation = Self.examples(10, seed: seed + 100)
  }

  /// Walks on a circle of tokens, with steps of one or two, learnt from the third token on.
  static func examples(_ count: Int, seed: UInt64, longest: Int = 20) -> [EncodedExample] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let length = Int.random(in: 3...longest, using: &random)
      var token = Int.random(in: 0..<ToyModel.vocabulary, using: &random)
      let tokens = (0..<length).map { _ in
        token = (token + Int.random(in: 1...2, using: &random)) % ToyModel.vocabulary
        return Int32(token)
      }
      return EncodedExample(tokens: tokens, isLearnt: (0..<length).map { $0 >= 2 })
    }
  }

  func plan() throws -> PackedTrainingPlan {
    PackedTrainingPlan(
      training: try FittedExamples(training, maximumTokens: settings.maximumTokens),
      validation: validation.isEmpty
        ? nil : try FittedExamples(validation, maximumTokens: settings.maximumTokens),
      settings: settings
    )
  }

  func trainer(
    _ model: ToyModel,
    environment: TrainingEnvironment = .system()
  ) throws -> Trainer<ToyModel> {
    try Trainer(
      model,
      plan: try plan(),
      settings: settings,
      base: base,
      checkpointFile: file,
      environment: environment,
      kernels: try .active()
    )
  }
}

/// All that must be the same after a training, to the bit.
struct ToyOutcome: Equatable {
  var values: [UInt32]
  var moments: [UInt32]
  var curve: TrainingCurve
  var best: TrainingCurve.Evaluation?
  var step: Int
  var outcome: TrainingResult.Outcome

  init(_ trainer: Trainer<ToyModel>, _ result: TrainingResult) {
    values = Self.bits(trainer.model.parameters.map(\.value))
    moments = Self.bits(trainer.optimizer.first + trainer.optimizer.second)
    curve = result.curve
    best = result.best
    step = result.step
    outcome = result.outcome
  }

  static func bits(_ matrices: [Matrix]) -> [UInt32] {
    matrices.flatMap { matrix in
      (0..<matrix.rows).flatMap { matrix.row($0).map(\.bitPattern) }
    }
  }
}
