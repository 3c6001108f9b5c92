import FineTuning
import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// A merged model computes what its base model computes with the adapter.
@Suite struct ModelMergingTests {
  @Test(arguments: AdapterFiles.decoders)
  func decoder(files: AdapterFiles) throws {
    let directory = try TemporaryDirectory()
    let folder = directory.url.appendingPathComponent("merged")
    // Weights of 16 bits would be rounded.
    try ModelMerging.merge(files.adapter(), with: files.base(), into: folder, type: .float32)
    let expected = try files.expected()
    let decoder = try CausalDecoder(folder: folder, precision: .float32)
    let rows = try decoder.forward(expected.ids, cache: decoder.makeCache(), logits: .all)
    #expect(largestDifference(rows, expected.rows) < 1e-4)
  }

  @Test(arguments: AdapterFiles.encoders)
  func encoder(files: AdapterFiles) throws {
    let directory = try TemporaryDirectory()
    let folder = directory.url.appendingPathComponent("merged")
    try ModelMerging.merge(files.adapter(), with: files.base(), into: folder)
    let expected = try files.expected()
    let encoder = try BertEncoder(
      configuration: BertConfiguration(folder.appendingPathComponent("config.json")),
      weights: SafetensorsFile(folder.appendingPathComponent("model.safetensors")),
      kernels: KernelSet.active()
    )
    let rows = try encoder.lastHiddenState([expected.ids])[0]
    #expect(largestDifference(rows, expected.rows) < 1e-4)
  }

  @Test func weightsKeepTheirTypeAndTheOthersTheirBytes() throws {
    let files = AdapterFiles(name: "qwen3-dora")
    let directory = try TemporaryDirectory()
    let folder = directory.url.appendingPathComponent("merged")
    let adapter = try files.adapter()
    try ModelMerging.merge(adapter, with: files.base(), into: folder)
    let name = "model.safetensors"
    let before = try SafetensorsFile(files.base().appendingPathComponent(name))
    let after = try SafetensorsFile(folder.appendingPathComponent(name))
    #expect(before.names == after.names)
    for name in before.names {
      let (type, shape) = try #require(before.description(of: name))
      #expect(after.description(of: name)?.type == type)
      let isUpdated = adapter.updates[String(name.dropLast(".weight".count))] != nil
      let isSame = try before.floats(name, shape: shape) == after.floats(name, shape: shape)
      #expect(isSame != isUpdated, "\(name)")
    }
    #expect(
      try Data(contentsOf: folder.appendingPathComponent("config.json"))
        == Data(contentsOf: files.base().appendingPathComponent("config.json"))
    )
    let again = directory.url.appendingPathComponent("half")
    try ModelMerging.merge(adapter, with: files.base(), into: again, type: .bfloat16)
    let half = try SafetensorsFile(again.appendingPathComponent(name))
    #expect(half.names.allSatisfy { half.description(of: $0)?.type == .bfloat16 })
    let configuration = try String(
      contentsOf: again.appendingPathComponent("config.json"),
      encoding: .utf8
    )
    #expect(configuration.contains("\"bfloat16\"") && !configuration.contains("\"float32\""))
  }

  @Test func whatDoesNotFitIsRefusedAndLeavesNothing() throws {
    let directory = try TemporaryDirectory()
    let folder = directory.url.appendingPathComponent("merged")
    let llama = AdapterFiles(name: "llama-lora")
    let bert = AdapterFiles(name: "bert-lora")
    let error = #expect(throws: LanguageModelError.self) {
      try ModelMerging.merge(bert.adapter(), with: llama.base(), into: folder)
    }
    #expect(error?.code == .weightMismatch)
    #expect(error?.message.contains("encoder.layer.0.attention.self.key") == true)
    // Output weights that are the embeddings cannot be changed alone.
    let output = try LowRankUpdate(
      inputs: 24,
      outputs: 50,
      rank: 1,
      alpha: 1,
      a: Array(repeating: 1, count: 24),
      b: Array(repeating: 1, count: 50)
    )
    #expect(throws: LanguageModelError.self) {
      try ModelMerging.merge(
        LowRankAdapter(updates: ["lm_head": output]),
        with: AdapterFiles(name: "qwen2-rslora").base(),
        into: folder
      )
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).isEmpty)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(throws: FineTuningError.self) {
      try ModelMerging.merge(llama.adapter(), with: llama.base(), into: folder)
    }
  }
}
