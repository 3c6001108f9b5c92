import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// stories260k, tuned on recipes with PEFT's settings, reaches PEFT's validation loss.
@Suite(.enabled(if: SharedData.holds("models/stories260k"), "needs the shared data"))
struct StoryTuningTests {
  private struct Expected: Decodable {
    struct Settings: Decodable {
      let rank: Int
      let alpha: Double
      let learningRate: Double
      let weightDecay: Double
      let clip: Double
      let warmupSteps: Int
    }

    struct Examples: Decodable {
      let train: [[Int32]]
      let validation: [[Int32]]
    }

    struct Run: Decodable {
      let before: Double
      let after: Double
    }

    let settings: Settings
    let examples: Examples
    let order: [[Int]]
    let runs: [Run]
  }

  @Test func theGeneratorLearnsAsFarAsWithPEFT() throws {
    let folder = try SharedData.url("models/stories260k/huggingface")
    let place = GradientFixture.place.appendingPathComponent("story-tuning")
    let expected = try GradientFixture.decoder.decode(
      Expected.self,
      from: Data(contentsOf: place.appendingPathComponent("expected.json"))
    )
    func examples(_ lists: [[Int32]]) -> [EncodedExample] {
      lists.map { EncodedExample(tokens: $0, isLearnt: $0.map { _ in true }) }
    }
    var settings = TrainingSettings()
    settings.learningRate = expected.settings.learningRate
    settings.warmUpSteps = expected.settings.warmupSteps
    settings.length = .steps(expected.order.count)
    settings.gradientLimit = expected.settings.clip
    settings.optimizer.weightDecay = expected.settings.weightDecay
    var lora = LoRASettings()
    lora.rank = expected.settings.rank
    lora.alpha = expected.settings.alpha
    settings.adapter = lora
    let base = try CausalDecoder(folder: folder, precision: .float32)
    let model = try TrainableDecoder(base, method: .lowRank(lora), seed: 1)
    try GradientFixture.load(model.parameters, from: place.appendingPathComponent("adapter"))
    let train = examples(expected.examples.train)
    let validation = SequencePacker(capacity: 1024).pack(examples(expected.examples.validation))
    func validationLoss() throws -> Double {
      try validation.reduce(LossSum()) { $0 + (try model.loss(of: $1)) }.mean
    }
    let reference = try #require(expected.runs.first)
    #expect(abs(try validationLoss() - reference.before) <= 0.01 * reference.before)
    let trainer = try Trainer(
      model,
      plan: TwentyStepsTests.Plan(
        steps: expected.order.map { step in PackedSequence(step.map { train[$0] }) }
      ),
      settings: settings,
      base: "stories260k",
      kernels: KernelSet.active()
    )
    _ = try trainer.run()
    let after = try validationLoss()
    #expect(abs(after - reference.after) <= 0.01 * reference.after, "\(after)")
  }
}
