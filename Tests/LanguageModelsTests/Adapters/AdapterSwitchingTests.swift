import Foundation
import LanguageModels
import TestSupport
import Testing

/// A language model's adapter is set and taken away at once.
@Suite struct AdapterSwitchingTests {
  let tiny: TinyModel
  let model: LanguageModel

  init() throws {
    tiny = try TinyModel()
    model = try tiny.load()
  }

  /// An adapter of one layer with values from a seed.
  private func adapter(seed: UInt64 = 1, size: Float = 2) throws -> LowRankAdapter {
    var random = SplitMix64(seed: seed)
    let sizes = model.decoder.configuration
    func values(_ count: Int) -> [Float] {
      (0..<count).map { _ in .random(in: -size...size, using: &random) }
    }
    var updates: [String: LowRankUpdate] = [:]
    for layer in sizes.linearLayers {
      updates[layer.name] = try LowRankUpdate(
        inputs: layer.inputs,
        outputs: layer.outputs,
        rank: 2,
        alpha: 2,
        a: values(2 * layer.inputs),
        b: values(2 * layer.outputs)
      )
    }
    return try LowRankAdapter(updates: updates)
  }

  private func tokens() throws -> [Int32] {
    try model.generate(
      prompt: "one two",
      settings: GenerationSettings(
        maximumTokens: 12,
        sampling: SamplingSettings(temperature: 0),
        ignoresEndTokens: true
      )
    ).tokens.map(\.id)
  }

  @Test func onAndOffAndBack() throws {
    let plain = try tokens()
    let first = try model.prepare(adapter(seed: 1))
    let second = try model.prepare(adapter(seed: 2))
    model.adapter = first
    let tuned = try tokens()
    model.adapter = second
    let other = try tokens()
    #expect(tuned != plain && other != plain && tuned != other)
    model.adapter = first
    #expect(try tokens() == tuned)
    model.adapter = nil
    #expect(try tokens() == plain)
  }

  @Test func theCachedPromptIsDropped() throws {
    _ = try tokens()
    model.adapter = try model.prepare(adapter())
    let result = try model.generate(
      prompt: "one two",
      settings: GenerationSettings(maximumTokens: 1)
    )
    #expect(result.reusedTokens == 0)
  }

  @Test func switchingWhileTextsAreMade() throws {
    let prepared = try model.prepare(adapter())
    let plain = try tokens()
    model.adapter = prepared
    let tuned = try tokens()
    let results = LockedResults<[Int32]>()
    DispatchQueue.concurrentPerform(iterations: 24) { index in
      if index % 3 == 0 { model.adapter = index % 2 == 0 ? prepared : nil }
      results.set(try? tokens(), at: index)
    }
    for index in 0..<24 {
      let tokens = try #require(results.value(at: index))
      #expect(tokens == plain || tokens == tuned)
    }
  }

  @Test func anotherBaseModelIsRefusedByItsFingerprint() throws {
    var adapter = try adapter()
    adapter.baseFingerprint = try BaseModelFingerprint(modelAt: tiny.folder.url)
    #expect(adapter.baseFingerprint != nil)
    _ = try model.prepare(adapter)
    let own = try #require(adapter.baseFingerprint)
    adapter.baseFingerprint = BaseModelFingerprint(text: own.kind + ":0")
    adapter.baseModelName = "other/model"
    let error = #expect(throws: LanguageModelError.self) { try model.prepare(adapter) }
    #expect(error?.code == .weightMismatch)
    #expect(error?.message.contains("other/model") == true)
    // Of another kind of file nothing is known.
    adapter.baseFingerprint = BaseModelFingerprint(text: "other-sha256:0")
    _ = try model.prepare(adapter)
  }

  @Test func importingKeepsTheFingerprint() throws {
    let directory = try TemporaryDirectory()
    let folder = directory.url.appendingPathComponent("imported")
    try LanguageModel.importModel(from: tiny.folder.url, into: folder)
    #expect(
      try BaseModelFingerprint(modelAt: folder) == BaseModelFingerprint(modelAt: tiny.folder.url)
    )
  }

  @Test func unknownLayersAreNamed() throws {
    let update = try LowRankUpdate(inputs: 2, outputs: 2, rank: 1, alpha: 1, a: [1, 1], b: [1, 1])
    let error = #expect(throws: LanguageModelError.self) {
      try model.prepare(LowRankAdapter(updates: ["transformer.h.0.attn": update]))
    }
    #expect(error?.message.contains("transformer.h.0.attn") == true)
    #expect(throws: LanguageModelError.self) {
      try model.prepare(LowRankAdapter(updates: ["model.layers.0.self_attn.q_proj": update]))
    }
    #expect(throws: LanguageModelError.self) { try LowRankAdapter(updates: [:]) }
    #expect(throws: LanguageModelError.self) {
      try LowRankUpdate(inputs: 2, outputs: 2, rank: 1, alpha: 1, a: [1, .nan], b: [1, 1])
    }
  }
}
