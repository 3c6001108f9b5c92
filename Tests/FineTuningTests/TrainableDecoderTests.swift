import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import Testing

/// What must not change the loss: packing, cutting a step into passes, the way the decoder is run.
@Suite struct TrainableDecoderTests {
  private func model(_ fixture: GradientFixture) throws -> TrainableDecoder {
    var settings = LoRASettings()
    settings.rank = 4
    settings.alpha = 6
    let base = try CausalDecoder(folder: fixture.folder, precision: .float32)
    let model = try TrainableDecoder(base, method: .lowRank(settings), seed: 1)
    try GradientFixture.load(
      model.parameters,
      from: fixture.folder.appendingPathComponent("adapter")
    )
    return model
  }

  @Test(arguments: GradientTests.decoders)
  func packedExamplesLearnAsExamplesAlone(_ name: String) throws {
    let fixture = try GradientFixture(name)
    let packed = try model(fixture)
    let alone = try model(fixture)
    let examples = fixture.encoded
    let together = try packed.addGradients(of: PackedSequence(examples), scale: 1)
    var sum = LossSum()
    for example in examples {
      sum = sum + (try alone.addGradients(of: PackedSequence([example]), scale: 1))
    }
    #expect(together.count == sum.count)
    #expect(abs(together.sum - sum.sum) <= 1e-5 * sum.sum)
    for (a, b) in zip(packed.parameters, alone.parameters) {
      var difference = 0.0
      var length = 0.0
      for row in 0..<a.gradient.rows {
        for (x, y) in zip(a.gradient.row(row), b.gradient.row(row)) {
          difference += pow(Double(x - y), 2)
          length += Double(y) * Double(y)
        }
      }
      #expect((difference / length).squareRoot() <= 1e-5, "\(a.name)")
    }
  }

  @Test(arguments: GradientTests.decoders)
  func theLossIsThatOfTheDecoderThatGenerates(_ name: String) throws {
    let fixture = try GradientFixture(name)
    let model = try model(fixture)
    let adapter = try PEFTAdapterFile.read(fixture.folder.appendingPathComponent("adapter"))
    let prepared = try model.base.prepare(adapter)
    for example in fixture.encoded {
      let cache = try model.base.makeCache(capacity: example.tokens.count, adapter: prepared)
      let logits = try model.base.forward(example.tokens, cache: cache, logits: .all)
      var sum = 0.0
      for index in example.tokens.indices.dropFirst() where example.isLearnt[index] {
        let row = logits[index - 1].map { Double($0) }
        let top = row.max() ?? 0
        let total = log(row.reduce(0) { $0 + exp($1 - top) }) + top
        sum += total - row[Int(example.tokens[index])]
      }
      let ours = try model.loss(of: PackedSequence([example]))
      #expect(abs(ours.sum - sum) <= 1e-4 * sum)
    }
  }

  @Test func settingsThatSelectNothingAreRefused() throws {
    let fixture = try GradientFixture("llama")
    var settings = LoRASettings()
    settings.targets = ["query"]
    let base = try CausalDecoder(folder: fixture.folder, precision: .float32)
    #expect(throws: FineTuningError.self) {
      try TrainableDecoder(base, method: .lowRank(settings), seed: 1)
    }
  }

  @Test func quantisedWeightsGiveNearlyTheSameGradients() throws {
    let fixture = try GradientFixture("llama")
    let exact = try model(fixture)
    var settings = LoRASettings()
    settings.rank = 4
    settings.alpha = 6
    let base = try CausalDecoder(folder: fixture.folder, precision: .int8)
    let rounded = try TrainableDecoder(base, method: .lowRank(settings), seed: 1)
    try GradientFixture.load(
      rounded.parameters,
      from: fixture.folder.appendingPathComponent("adapter")
    )
    let batch = PackedSequence(fixture.encoded)
    let a = try exact.addGradients(of: batch, scale: 1)
    let b = try rounded.addGradients(of: batch, scale: 1)
    #expect(abs(a.sum - b.sum) <= 0.01 * a.sum)
    var dot = 0.0
    var lengths = (0.0, 0.0)
    for (x, y) in zip(exact.parameters, rounded.parameters) {
      for row in 0..<x.gradient.rows {
        for (p, q) in zip(x.gradient.row(row), y.gradient.row(row)) {
          dot += Double(p) * Double(q)
          lengths.0 += Double(p) * Double(p)
          lengths.1 += Double(q) * Double(q)
        }
      }
    }
    #expect(dot / (lengths.0 * lengths.1).squareRoot() >= 0.99)
  }
}
