import FineTuning
import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct DivergenceTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  /// A training with one pass a step, that breaks at the twelfth.
  private func broken(
    validates: Bool,
    _ fault: @escaping (ToyModel) throws -> Double
  ) throws -> (ToyModel, Trainer<ToyModel>) {
    var training = ToyTraining(file: folder.url.appendingPathComponent("run.safetensors"))
    training.settings.tokensPerPass = 1000
    if !validates { training.validation = [] }
    let model = try ToyModel(seed: 3)
    model.onBatch = { [unowned model] count in count == 11 ? try fault(model) : 0 }
    return (model, try training.trainer(model))
  }

  @Test(arguments: [Double.nan, .infinity])
  func aLossThatIsNoNumberEndsTheTrainingAtTheLastGoodValues(loss: Double) throws {
    let (model, trainer) = try broken(validates: false) { _ in loss }
    var before: [[UInt32]] = []
    let error = #expect(throws: FineTuningError.self) {
      try trainer.run { _ in before.append(ToyOutcome.bits(model.parameters.map(\.value))) }
    }
    #expect(error?.code == .diverged)
    #expect(error?.message.contains("step 12 of 30") == true)
    #expect(error?.remedy.contains("learning rate") == true)
    // The values after step 10 are the last that a finite loss was computed with: that of step 11.
    #expect(ToyOutcome.bits(model.parameters.map(\.value)) == before[9])
    let file = folder.url.appendingPathComponent("run.safetensors")
    #expect(try TrainingCheckpoint(file).step == 7)
  }

  @Test func aGradientThatIsNoNumberEndsTheTrainingAtTheBestValues() throws {
    let (model, trainer) = try broken(validates: true) { model in
      model.output.gradient.withRow(0) { $0[0] = .infinity }
      return 0
    }
    let error = #expect(throws: FineTuningError.self) { try trainer.run() }
    #expect(error?.code == .diverged)
    #expect(error?.message.contains("gradient") == true)
    #expect(error?.message.contains("of step 9") == true)
    let loss = try trainer.plan.validation.reduce(LossSum()) { $0 + (try model.loss(of: $1)) }
    let file = folder.url.appendingPathComponent("run.safetensors")
    let first = try #require(try TrainingCheckpoint(file).curve.evaluations.first)
    #expect(loss.mean < first.loss)
  }
}
