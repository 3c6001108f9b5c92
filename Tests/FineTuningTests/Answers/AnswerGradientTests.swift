import FineTuning
import Foundation
import Kernels
import LanguageModels
import Testing

/// The answer model in training against its PyTorch twin (Scripts/answer-model).
@Suite struct AnswerGradientTests {
  let fixture: AnswerFixture
  let model: TrainableAnswerModel

  init() throws {
    fixture = try AnswerFixture()
    model = try TrainableAnswerModel(
      base: fixture.base,
      folder: fixture.folder,
      method: .full,
      seed: 1
    )
  }

  @Test func theLossIsTheTwins() throws {
    let batch = ReadingBatch(fixture.readings)
    let loss = try model.loss(of: batch)
    #expect(abs(loss.sum - fixture.expected.loss) < 1e-4 * fixture.expected.loss)
    #expect(loss.count == fixture.expected.examples.reduce(0) { $0 + $1.targets.count })
    #expect(try model.addGradients(of: batch, scale: 1).sum == loss.sum)
    for (reading, example) in zip(fixture.readings, fixture.expected.examples) {
      let alone = try model.loss(of: ReadingBatch([reading])).sum
      let wanted = -example.logProbabilities.reduce(0, +)
      #expect(abs(alone - wanted) < 1e-4 * wanted, "\(example.name)")
    }
  }

  @Test func everyGradientIsTheTwins() throws {
    _ = try model.addGradients(of: ReadingBatch(fixture.readings), scale: 1)
    var compared = 0
    for parameter in model.parameters {
      let wanted = try fixture.values("gradient/", of: parameter)
      let found = (0..<parameter.gradient.rows).flatMap { parameter.gradient.row($0) }
      try #require(found.count == wanted.count, "\(parameter.name)")
      let difference = zip(found, wanted).reduce(0.0) { $0 + pow(Double($1.0 - $1.1), 2) }
      let length = wanted.reduce(0.0) { $0 + pow(Double($1), 2) }
      #expect(
        difference.squareRoot() <= 1e-4 * length.squareRoot() + 1e-6,
        "\(parameter.name): \(difference.squareRoot()) of \(length.squareRoot())"
      )
      compared += found.count
    }
    // Two layers of hidden 32 and intermediate 64, heads, and a vocabulary's bias.
    #expect(compared > 20_000)
  }

  @Test func recomputingAndCuttingChangeNothing() throws {
    let again = try TrainableAnswerModel(
      base: fixture.base,
      folder: fixture.folder,
      method: .full,
      seed: 1,
      recomputes: true
    )
    _ = try model.addGradients(of: ReadingBatch(fixture.readings), scale: 0.5)
    for reading in fixture.readings {
      _ = try again.addGradients(of: ReadingBatch([reading]), scale: 0.5)
    }
    for (one, other) in zip(model.parameters, again.parameters) {
      for row in 0..<one.gradient.rows {
        for (a, b) in zip(one.gradient.row(row), other.gradient.row(row)) {
          #expect(abs(a - b) < 1e-4, "\(one.name)")
        }
      }
    }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("answer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try model.write(to: folder.appendingPathComponent("model.safetensors"), as: .float32)
    let again = try TrainableAnswerModel(
      base: fixture.base,
      folder: folder,
      method: .full,
      seed: 2
    )
    let batch = ReadingBatch(fixture.readings)
    #expect(try again.loss(of: batch) == model.loss(of: batch))
    let written = try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))
    let given = try SafetensorsFile(fixture.folder.appendingPathComponent("model.safetensors"))
    #expect(Set(written.names) == Set(given.names))
  }

  @Test func factorsAloneStartAtTheModel() throws {
    let tuned = try TrainableAnswerModel(
      base: fixture.base,
      folder: fixture.folder,
      method: .lowRank(LoRASettings()),
      seed: 3
    )
    let batch = ReadingBatch(fixture.readings)
    #expect(abs(try tuned.loss(of: batch).sum - model.loss(of: batch).sum) < 1e-3)
    #expect(tuned.parameters.allSatisfy { $0.name.contains(".lora_") })
    _ = try tuned.addGradients(of: batch, scale: 1)
    #expect(
      tuned.parameters.filter { $0.name.hasSuffix("lora_B.weight") }
        .allSatisfy { parameter in
          (0..<parameter.gradient.rows).contains { parameter.gradient.row($0).contains { $0 != 0 } }
        }
    )
  }

  @Test func whatDoesNotFitTheModelIsRefused() throws {
    let good = fixture.readings[0]
    var bad: [EncodedReading] = []
    func change(_ body: (inout EncodedReading) -> Void) {
      var reading = good
      body(&reading)
      bad.append(reading)
    }
    change { $0.prefix = [] }
    change { $0.types.removeLast() }
    change { $0.types[0] = 7 }
    change { $0.targets[0] = 1000 }
    change { $0.targets[0] = -1 }
    change { $0.start = 1000 }
    change {
      $0.targets = []
      $0.places = []
    }
    change { $0.places[0] = [99] }
    change { $0.places.removeLast() }
    change { $0.copyable = 3..<200 }
    change { $0.copyable = -2..<9 }
    change {
      $0.prefix += [Int32](repeating: 5, count: 80)
      $0.types += [Int](repeating: 1, count: 80)
    }
    for reading in bad {
      #expect(throws: FineTuningError.self) { try model.loss(of: ReadingBatch([reading])) }
    }
  }
}
