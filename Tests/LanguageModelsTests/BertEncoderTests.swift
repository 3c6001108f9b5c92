import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct BertEncoderTests {
  @Test(arguments: KernelSet.supported)
  func theLastHiddenStateIsThatOfTransformers(variant: KernelVariant) throws {
    let expected = try TestModels.expected()
    let states = try TestModels.encoder(variant).lastHiddenState(expected.map(\.ids))
    #expect(states.count == expected.count)
    for (state, expected) in zip(states, expected) {
      #expect(state.count == expected.ids.count)
      for (row, expected) in zip(state, expected.lastHiddenState) {
        for (found, value) in zip(row, expected) { #expect(abs(found - value) <= 1e-4) }
      }
    }
  }

  @Test func aSequenceDoesNotDependOnItsCompanyOrTheThreads() throws {
    let sequences = try TestModels.expected().map(\.ids)
    let together = try TestModels.encoder(threads: 3).lastHiddenState(sequences + [[]] + sequences)
    let single = try TestModels.encoder(threads: 1)
    for (index, sequence) in sequences.enumerated() {
      #expect(try single.lastHiddenState([sequence]) == [together[index]])
      #expect(together[index] == together[sequences.count + 1 + index])
    }
    #expect(together[sequences.count].isEmpty)
  }

  @Test(arguments: [[-1], [67, 68, 69, 70, 1000], [Int32.max]])
  func idsOutsideTheVocabularyAreRefused(ids: [Int32]) throws {
    let encoder = try TestModels.encoder()
    let error = #expect(throws: LanguageModelError.self) { try encoder.lastHiddenState([ids]) }
    #expect(error?.code == .invalidInput)
  }

  @Test func aSequenceLongerThanThePositionsIsRefused() throws {
    let encoder = try TestModels.encoder()
    let error = #expect(throws: LanguageModelError.self) {
      try encoder.lastHiddenState([[Int32](repeating: 1, count: 65)])
    }
    #expect(error?.code == .invalidInput)
  }

  @Test func namesMayHaveThePrefixOfAWholeModel() throws {
    let folder = try TemporaryDirectory()
    var file = try WeightFile(TestModels.tiny.appendingPathComponent("model.safetensors"))
    file.rename { "bert." + $0.replacing("LayerNorm.weight", with: "LayerNorm.gamma") }
    file.rename { $0.replacing("LayerNorm.bias", with: "LayerNorm.beta") }
    try folder.write(file.data(), to: "model.safetensors")
    try folder.write(
      Data(contentsOf: TestModels.tiny.appendingPathComponent("config.json")),
      to: "config.json"
    )
    let sequences = try TestModels.expected().map(\.ids)
    #expect(
      try TestModels.encoder(folder: folder.url).lastHiddenState(sequences)
        == TestModels.encoder().lastHiddenState(sequences)
    )
  }

  @Test func weightsThatDoNotFitTheConfigurationAreRefusedByName() throws {
    let folder = try TemporaryDirectory()
    var file = try WeightFile(TestModels.tiny.appendingPathComponent("model.safetensors"))
    file.rename { $0.replacing("layer.1.output.dense.bias", with: "nothing") }
    try folder.write(file.data(), to: "model.safetensors")
    try folder.write(
      Data(contentsOf: TestModels.tiny.appendingPathComponent("config.json")),
      to: "config.json"
    )
    let error = #expect(throws: LanguageModelError.self) {
      try TestModels.encoder(folder: folder.url)
    }
    #expect(error?.code == .weightMismatch)
    #expect(error?.message.contains("encoder.layer.1.output.dense.bias") == true)
  }
}
