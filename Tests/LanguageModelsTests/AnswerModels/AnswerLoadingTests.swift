import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// Answer models that cannot be read, or not as they are.
@Suite struct AnswerLoadingTests {
  private func settings(_ tiny: TinyAnswerModel, _ changes: [String: Any?]) throws {
    let file = tiny.answer.appendingPathComponent("config.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    var settings = try #require(object as? [String: Any])
    for (key, value) in changes { settings[key] = value }
    try JSONSerialization.data(withJSONObject: settings).write(to: file)
  }

  @Test func settingsNameTheBaseAndHowToReadConfidences() throws {
    let tiny = try TinyAnswerModel(seed: 2)
    #expect(try tiny.load().calibration.isEmpty)
    #expect(try tiny.load().maximumAnswerTokens == 24)
    try settings(tiny, ["calibration": ["slope": 1.5]])
    #expect(try tiny.load().calibration == ["slope": 1.5])
  }

  @Test(arguments: [true, false])
  func anotherBaseIsRefusedByFingerprintOrChecksum(hasFingerprint: Bool) throws {
    let tiny = try TinyAnswerModel(seed: 2)
    if !hasFingerprint { try settings(tiny, ["base_fingerprint": nil]) }
    _ = try tiny.load()
    let other = try TinyAnswerModel(seed: 3)
    let error = #expect(throws: LanguageModelError.self) {
      try AnswerModel(folder: tiny.answer, base: other.base)
    }
    #expect(error?.code == .weightMismatch)
    #expect(error?.remedy.contains("base") == true)
  }

  @Test func theChecksumIsThatOfTheWholeFile() throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let fixture = SharedData.packageRoot
      .appendingPathComponent("Tests/FineTuningTests/Fixtures/answer-model")
    let written = try AnswerModelSettings(fixture.appendingPathComponent("config.json"))
    let made = try AnswerModelSettings(base: fixture.appendingPathComponent("base"), hiddenSize: 32)
    #expect(made.baseSHA256 == written.baseSHA256)
    #expect(made.base == "base")
    try settings(tiny, ["base_fingerprint": nil, "base_sha256": made.baseSHA256])
    #expect(throws: LanguageModelError.self) { try tiny.load() }
  }

  @Test(
    arguments: [
      ("model_type", "bert"), ("version", 2), ("hidden_size", 64), ("hidden_size", -1),
      ("calibration", "none"), ("base_sha256", 7),
    ] as [(String, any Sendable)]
  )
  func settingsOfAnotherKindAreRefused(key: String, value: any Sendable) throws {
    let tiny = try TinyAnswerModel(seed: 2)
    try settings(tiny, [key: value])
    #expect(throws: LanguageModelError.self) { try tiny.load() }
  }

  @Test(arguments: [
    "answer/config.json", "answer/model.safetensors", "base/config.json",
    "base/model.safetensors",
  ])
  func absentFilesAreNamed(path: String) throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let file = tiny.folder.url.appendingPathComponent(path)
    try FileManager.default.removeItem(at: file)
    let error = #expect(throws: LanguageModelError.self) { try tiny.load() }
    #expect(error?.code == .missingFile)
    #expect(error?.subject.contains(path) == true)
  }

  @Test func aBaseWithoutTheNeededTokensIsRefused() throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let words = TinyAnswerModel.vocabulary.map { $0 == "[unused1]" ? "zzz" : $0 }
    try tiny.folder.write(words.joined(separator: "\n") + "\n", to: "base/vocab.txt")
    let error = #expect(throws: LanguageModelError.self) { try tiny.load() }
    #expect(error?.code == .unsupportedModel)
  }

  @Test func everyTensorIsNeededInItsShape() throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let file = tiny.answer.appendingPathComponent("model.safetensors")
    let whole = try WeightFile(file)
    for (name, shape) in TinyAnswerModel.shapes {
      var without = whole
      without.header[name] = nil
      try without.data().write(to: file)
      #expect(throws: LanguageModelError.self, "without \(name)") { try tiny.load() }
      var flat = whole
      flat.rename { $0 }
      var entry = try #require(flat.header[name] as? [String: Any])
      entry["shape"] = [shape.reduce(1, *), 1, 1]
      flat.header[name] = entry
      try flat.data().write(to: file)
      #expect(throws: LanguageModelError.self, "flat \(name)") { try tiny.load() }
    }
  }

  @Test(arguments: ["answer/model.safetensors", "answer/config.json", "base/config.json"])
  func damagedFilesAreRefusedOrRead(path: String) throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let file = tiny.folder.url.appendingPathComponent(path)
    let whole = try Data(contentsOf: file)
    _ = try Mutation.survive(file, seed: 12, count: 60, headBytes: 3000) { damaged in
      try Data(contentsOf: damaged).write(to: file)
      defer { try? whole.write(to: file) }
      _ = try tiny.load(threads: 1)
        .read("a?", passages: ["the pump"], settings: AnswerDecoding(maximumTokens: 2))
    }
  }

  @Test func weightsThatAreNoNumbersAreNoticed() throws {
    let tiny = try TinyAnswerModel(seed: 2)
    let file = tiny.answer.appendingPathComponent("model.safetensors")
    let weights = try SafetensorsFile(file)
    let tensors = try weights.names.map { name -> SafetensorsWriter.Tensor in
      let shape = weights.description(of: name)?.shape ?? []
      var values = try weights.floats(name, shape: shape)
      if name == "encoder.layer.1.output.dense.bias" { values[3] = .nan }
      return (name, shape, { [values] in values })
    }
    try SafetensorsWriter.write(tensors, to: file)
    let model = try tiny.load()
    let error = #expect(throws: LanguageModelError.self) {
      try model.read("a?", passages: ["the pump"])
    }
    #expect(error?.code == .malformedWeights)
  }

  @Test func halfPrecisionIsReadAsItIsStored() throws {
    let tiny = try TinyAnswerModel(seed: 2, ending: 1)
    let before = try tiny.load().read("a?", passages: ["the pump"])[0]
    let file = tiny.answer.appendingPathComponent("model.safetensors")
    let weights = try SafetensorsFile(file)
    let tensors = try weights.names.map { name -> SafetensorsWriter.Tensor in
      let shape = weights.description(of: name)?.shape ?? []
      let values = try weights.floats(name, shape: shape)
      return (name, shape, { values })
    }
    try SafetensorsWriter.write(tensors, as: .float16, to: file)
    let after = try tiny.load().read("a?", passages: ["the pump"])[0]
    #expect(abs(before.logProbabilityOfNone - after.logProbabilityOfNone) <= 0.02)
  }

  @Test func anAdapterChangesItsLayersAndNoOthers() throws {
    let tiny = try TinyAnswerModel(seed: 2, ending: 1)
    let plain = try tiny.load().recall("the pump?")
    let size = TinyAnswerModel.hidden
    let update = { (inputs: Int, outputs: Int, value: Float) throws -> LowRankUpdate in
      var random = SplitMix64(seed: 1)
      return try LowRankUpdate(
        inputs: inputs,
        outputs: outputs,
        rank: 2,
        alpha: 2,
        a: (0..<2 * inputs).map { _ in Float(random.normal()) },
        b: [Float](repeating: value, count: 2 * outputs)
      )
    }
    for layer in AnswerNetwork.linearLayers(try tiny.load().network.configuration) {
      let none = try update(layer.inputs, layer.outputs, 0)
      let same = try tiny.load(adapter: LowRankAdapter(updates: [layer.name: none]))
      #expect(try same.recall("the pump?") == plain)
      var changed = none
      changed = try update(layer.inputs, layer.outputs, 0.2)
      let other = try tiny.load(adapter: LowRankAdapter(updates: [layer.name: changed]))
      let (passage, question) = ("a pump b", "the pump?")
      let before = try tiny.load().read(question, passages: [passage])
      #expect(try other.read(question, passages: [passage]) != before, "\(layer.name)")
    }
    let wrong = try LowRankAdapter(updates: ["copy.query": update(size, size + 1, 1)])
    #expect(throws: LanguageModelError.self) { try tiny.load(adapter: wrong) }
    let unknown = try LowRankAdapter(updates: ["copy.other": update(size, size, 1)])
    #expect(throws: LanguageModelError.self) { try tiny.load(adapter: unknown) }
    var foreign = try LowRankAdapter(updates: ["copy.query": update(size, size, 1)])
    let stranger = try TinyAnswerModel(seed: 9)
    foreign.baseFingerprint = try BaseModelFingerprint(modelAt: stranger.answer)
    #expect(throws: LanguageModelError.self) { try tiny.load(adapter: foreign) }
  }
}
