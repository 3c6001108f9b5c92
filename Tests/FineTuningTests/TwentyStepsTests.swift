import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import Testing

/// Twenty steps of training in the reference's order, with its losses, gradient norms and final weights.
@Suite struct TwentyStepsTests {
  struct Expected: Decodable {
    struct Settings: Decodable {
      let learningRate: Double
      let weightDecay: Double
      let clip: Double
      let warmupSteps: Int
    }

    struct Step: Decodable {
      let examples: [Int]
      let learningRate: Double
      let loss: Double
      let gradientNorm: Double
    }

    let settings: Settings
    let examples: [GradientFixture.Expected.Example]
    let steps: [Step]
    let finalLoss: Double
  }

  /// The reference's steps as a plan.
  struct Plan<Batch>: TrainingPlan {
    let steps: [Batch]
    var stepsPerEpoch: Int { steps.count }
    var validation: [Batch] { [] }
    var fingerprint: String { "reference" }
    func batches(ofStep step: Int) -> [Batch] { [steps[step]] }
    func tokens(of batch: Batch) -> Int { 1 }
  }

  private func read(_ name: String) throws -> (folder: URL, expected: Expected) {
    let folder = GradientFixture.place.appendingPathComponent("training/\(name)")
    let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return (folder, try GradientFixture.decoder.decode(Expected.self, from: data))
  }

  private func settings(_ expected: Expected) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.learningRate = expected.settings.learningRate
    settings.schedule = .cosine
    settings.warmUpSteps = expected.settings.warmupSteps
    settings.length = .steps(expected.steps.count)
    settings.gradientLimit = expected.settings.clip
    settings.optimizer.weightDecay = expected.settings.weightDecay
    settings.adapter?.rank = 4
    settings.adapter?.alpha = 6
    return settings
  }

  private func check<Model: TrainableModel>(
    _ model: Model,
    _ batches: [Model.Batch],
    _ folder: URL,
    _ expected: Expected
  ) throws {
    let trainer = try Trainer(
      model,
      plan: Plan(steps: batches),
      settings: settings(expected),
      base: "tiny",
      kernels: KernelSet.active()
    )
    let result = try trainer.run()
    #expect(result.curve.points.count == expected.steps.count)
    for (ours, theirs) in zip(result.curve.points, expected.steps) {
      #expect(abs(ours.loss - theirs.loss) <= 1e-3 * theirs.loss)
      #expect(abs(ours.gradientNorm - theirs.gradientNorm) <= 1e-3 * theirs.gradientNorm)
      #expect(abs(ours.learningRate - theirs.learningRate) <= 1e-9)
    }
    let values = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
    var compared = 0
    for parameter in model.parameters {
      let ending = parameter.name.hasSuffix(".bias") ? ".bias" : ".weight"
      let isFused = parameter.name.contains("+")
      var row = 0
      for path in parameter.name.replacingOccurrences(of: ending, with: "").split(separator: "+") {
        let name = isFused ? path + ending : parameter.name
        let shape = try #require(values.description(of: name)?.shape)
        let theirs = try values.floats(name, shape: shape)
        let rows = shape.count == 1 ? 1 : shape[0]
        let ours = (row..<row + rows).flatMap { parameter.value.row($0) }
        row += rows
        let difference = zip(ours, theirs).reduce(0.0) { $0 + pow(Double($1.0 - $1.1), 2) }
        let length = theirs.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect((difference / length).squareRoot() <= 1e-3, "\(name)")
        compared += 1
      }
    }
    #expect(compared == values.names.count)
  }

  @Test(arguments: ["llama-lora", "llama-full"])
  func aDecoderGoesTheWayOfPEFT(_ name: String) throws {
    let (folder, expected) = try read(name)
    let base = try CausalDecoder(folder: folder, precision: .float32)
    let isFull = name == "llama-full"
    let model = try TrainableDecoder(
      base,
      method: isFull ? .full : .lowRank(try #require(settings(expected).adapter)),
      seed: 1
    )
    if !isFull {
      try GradientFixture.load(model.parameters, from: folder.appendingPathComponent("adapter"))
    }
    let batches = try expected.steps.map { step in
      PackedSequence(
        try step.examples.map { index in
          let example = expected.examples[index]
          return EncodedExample(
            tokens: try #require(example.ids),
            isLearnt: try #require(example.learnt)
          )
        }
      )
    }
    try check(model, batches, folder, expected)
  }

  @Test func anEmbedderGoesTheWayOfPEFT() throws {
    let (folder, expected) = try read("bert-lora")
    let encoder = try TrainableEncoder(
      folder: folder,
      method: .lowRank(try #require(settings(expected).adapter)),
      seed: 1
    )
    try GradientFixture.load(encoder.parameters, from: folder.appendingPathComponent("adapter"))
    let batches = try expected.steps.map { step in
      let examples = step.examples.map { expected.examples[$0] }
      return RankingBatch(
        questions: try examples.map { try #require($0.question) },
        passages: try examples.map { try #require($0.passage) }
          + examples.map { try #require($0.negative) }
      )
    }
    try check(EmbedderTraining(encoder), batches, folder, expected)
  }
}
