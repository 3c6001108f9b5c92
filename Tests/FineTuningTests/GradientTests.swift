import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import Testing

/// Gradients of tiny models, tensor by tensor, against PyTorch and PEFT.
@Suite struct GradientTests {
  static let decoders = ["llama", "qwen2", "qwen3", "phi3", "gemma2", "gemma3"]

  private func settings(_ change: (inout LoRASettings) -> Void = { _ in }) -> LoRASettings {
    var settings = LoRASettings()
    settings.rank = 4
    settings.alpha = 6
    change(&settings)
    return settings
  }

  private func check(
    _ fixture: GradientFixture,
    _ kind: String,
    _ parameters: [Parameter],
    loss: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let wanted = try #require(fixture.expected.loss[kind])
    #expect(abs(loss - wanted) <= 1e-5 * wanted, sourceLocation: sourceLocation)
    let differences = try fixture.differences(kind, parameters.map { ($0.name, $0.gradient) })
    #expect(differences.count == fixture.count(kind), sourceLocation: sourceLocation)
    for (name, difference) in differences {
      #expect(difference <= 1e-4, "\(name)", sourceLocation: sourceLocation)
    }
  }

  private func decoder(
    _ fixture: GradientFixture,
    _ method: TrainingMethod,
    recomputes: Bool = false
  ) throws -> TrainableDecoder {
    let base = try CausalDecoder(folder: fixture.folder, precision: .float32)
    return try TrainableDecoder(base, method: method, seed: 1, recomputes: recomputes)
  }

  private func mean(_ model: TrainableDecoder, _ fixture: GradientFixture) throws -> Double {
    let examples = fixture.encoded
    let count = examples.map { $0.isLearnt.dropFirst().count { $0 } }.reduce(0, +)
    let sum = try model.addGradients(of: PackedSequence(examples), scale: 1 / Double(count))
    #expect(sum.count == count)
    return sum.mean
  }

  @Test(arguments: decoders)
  func lowRankGradientsOfDecodersAreThoseOfPEFT(_ name: String) throws {
    let fixture = try GradientFixture(name)
    let model = try decoder(fixture, .lowRank(settings()))
    try GradientFixture.load(
      model.parameters,
      from: fixture.folder.appendingPathComponent("adapter")
    )
    try check(fixture, "adapter", model.parameters, loss: mean(model, fixture))
  }

  @Test(arguments: ["rslora", "dora"])
  func variantsOfLoRAHaveTheGradientsOfPEFT(_ kind: String) throws {
    let fixture = try GradientFixture("llama")
    let settings = settings {
      $0.isRankStabilized = kind == "rslora"
      $0.usesDoRA = kind == "dora"
    }
    let model = try decoder(fixture, .lowRank(settings))
    try GradientFixture.load(model.parameters, from: fixture.folder.appendingPathComponent(kind))
    try check(fixture, kind, model.parameters, loss: mean(model, fixture))
  }

  @Test(arguments: decoders)
  func allGradientsOfDecodersAreThoseOfPyTorch(_ name: String) throws {
    let fixture = try GradientFixture(name)
    let model = try decoder(fixture, .full)
    try check(fixture, "full", model.parameters, loss: mean(model, fixture))
  }

  @Test(arguments: decoders)
  func recomputingLeavesLossAndGradientsAsTheyAre(_ name: String) throws {
    let fixture = try GradientFixture(name)
    let kept = try decoder(fixture, .full)
    let recomputed = try decoder(fixture, .full, recomputes: true)
    #expect(try mean(kept, fixture) == mean(recomputed, fixture))
    for (a, b) in zip(kept.parameters, recomputed.parameters) {
      for row in 0..<a.gradient.rows { #expect(a.gradient.row(row) == b.gradient.row(row)) }
    }
  }

  @Test(arguments: [("full", TrainingMethod.full), ("adapter", nil)])
  func gradientsOfAnEmbedderAreThoseOfPyTorch(_ kind: String, _ method: TrainingMethod?) throws {
    let fixture = try GradientFixture("bert-embedder")
    let model = try TrainableEncoder(
      folder: fixture.folder,
      method: method ?? .lowRank(settings()),
      seed: 1
    )
    if method == nil {
      try GradientFixture.load(
        model.parameters,
        from: fixture.folder.appendingPathComponent("adapter")
      )
    }
    let examples = fixture.expected.examples
    let sum = try model.rankingLoss(
      questions: examples.compactMap(\.question),
      passages: examples.compactMap(\.passage) + examples.compactMap(\.negative),
      excluded: [],
      temperature: 0.05,
      scale: 1 / Double(examples.count)
    )
    try check(fixture, kind, model.parameters, loss: sum.mean)
  }

  @Test(arguments: [("full", TrainingMethod.full), ("adapter", nil)])
  func gradientsOfARerankerAreThoseOfPyTorch(_ kind: String, _ method: TrainingMethod?) throws {
    let fixture = try GradientFixture("bert-reranker")
    let model = try TrainableEncoder(
      folder: fixture.folder,
      method: method ?? .lowRank(settings()),
      seed: 1,
      scoresPairs: true
    )
    if method == nil {
      try GradientFixture.load(
        model.parameters,
        from: fixture.folder.appendingPathComponent("adapter")
      )
      try model.parametersChanged()
    }
    let examples = fixture.expected.examples
    let sum = try model.pairLoss(
      examples.compactMap(\.ids),
      types: examples.compactMap(\.types),
      labels: examples.compactMap(\.label),
      scale: 1 / Double(examples.count)
    )
    try check(fixture, kind, model.parameters, loss: sum.mean)
  }
}
