import Foundation
import LanguageModels
import TestSupport
import Testing

@Suite struct BertConfigurationTests {
  private func read(_ changes: [String: Any], without: [String] = []) throws -> BertConfiguration {
    let folder = try TemporaryDirectory()
    let original = try Data(contentsOf: TestModels.tiny.appendingPathComponent("config.json"))
    var settings = try JSONSerialization.jsonObject(with: original) as? [String: Any] ?? [:]
    settings.merge(changes) { $1 }
    for key in without { settings[key] = nil }
    let data = try JSONSerialization.data(withJSONObject: settings)
    return try BertConfiguration(try folder.write(data, to: "config.json"))
  }

  @Test func sizesAreRead() throws {
    let configuration = try read([:], without: ["layer_norm_eps", "type_vocab_size", "model_type"])
    #expect(configuration.hiddenSize == 32)
    #expect(configuration.layers == 2)
    #expect(configuration.heads == 4)
    #expect(configuration.intermediateSize == 72)
    #expect(configuration.maximumPositions == 64)
    #expect(configuration.tokenTypes == 2)
    #expect(configuration.layerNormEpsilon == 1e-12)
  }

  @Test(arguments: [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
    "max_position_embeddings", "type_vocab_size",
  ])
  func sizesThatNoModelHasAreRefused(key: String) {
    for value in [0, -1, Int.max] as [Any] + ["many", 1.5, [1]] {
      let error = #expect(throws: LanguageModelError.self) { try read([key: value]) }
      #expect(error?.code == .malformedConfiguration)
    }
  }

  @Test func absentSizesAndUnevenHeadsAreRefused() {
    #expect(throws: LanguageModelError.self) { try read([:], without: ["hidden_size"]) }
    #expect(throws: LanguageModelError.self) { try read(["num_attention_heads": 5]) }
    #expect(throws: LanguageModelError.self) { try read(["layer_norm_eps": -1]) }
  }

  @Test func otherKindsOfModelsAreRefusedAsUnsupported() {
    for (key, value) in [
      ("model_type", "llama"), ("hidden_act", "gelu_new"),
      ("position_embedding_type", "relative_key"),
    ] {
      let error = #expect(throws: LanguageModelError.self) { try read([key: value]) }
      #expect(error?.code == .unsupportedModel)
      #expect(error?.message.contains(value) == true)
    }
  }
}
