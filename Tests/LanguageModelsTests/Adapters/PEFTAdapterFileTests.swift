import Foundation
import LanguageModels
import TestSupport
import Testing

/// Adapters are read from PEFT's files, written so that they are the same again, and refused where they
/// would be computed wrongly.
@Suite struct PEFTAdapterFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: AdapterFixture.decoders + AdapterFixture.encoders)
  func whatIsWrittenIsRead(fixture: AdapterFixture) throws {
    var adapter = try PEFTAdapterFile.read(fixture.folder)
    adapter.baseFingerprint = BaseModelFingerprint(text: "safetensors-sha256:0")
    let folder = directory.url.appendingPathComponent("adapter")
    try PEFTAdapterFile.write(adapter, to: folder)
    #expect(PEFTAdapterFile.isAdapter(folder))
    let again = try PEFTAdapterFile.read(folder)
    #expect(again.updates == adapter.updates)
    #expect(again.baseFingerprint == adapter.baseFingerprint)
    #expect(again.baseModelName == adapter.baseModelName && again.taskType == adapter.taskType)
    // One without target names gets the full ones.
    adapter.targets = []
    try PEFTAdapterFile.write(adapter, to: folder)
    #expect(try Set(PEFTAdapterFile.read(folder).targets) == Set(adapter.layerNames))
  }

  @Test func patternsGiveRankAndAlpha() throws {
    let adapter = try PEFTAdapterFile.read(AdapterFixture(name: "phi3-patterns").folder)
    func update(_ name: String) throws -> LowRankUpdate {
      try #require(adapter.updates["model.layers." + name])
    }
    #expect(try update("0.self_attn.qkv_proj").rank == 7)
    #expect(try update("0.self_attn.qkv_proj").scale == Float(6.0 / 7))
    #expect(try update("1.mlp.down_proj").rank == 2)
    #expect(try update("1.mlp.down_proj").scale == 1.5)
    #expect(try update("0.self_attn.o_proj").scale == 2.75)
    #expect(try update("1.self_attn.o_proj").scale == 1.5)
    #expect(try update("1.mlp.gate_up_proj").alpha == 3)
  }

  /// A copy of an adapter whose configuration is changed.
  private func changed(
    _ name: String = "llama-lora",
    _ change: (inout [String: Any]) -> Void
  ) throws -> URL {
    let folder = directory.url.appendingPathComponent(UUID().uuidString)
    try FileManager.default.copyItem(at: AdapterFixture(name: name).folder, to: folder)
    let file = folder.appendingPathComponent("adapter_config.json")
    var values =
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    change(&values)
    try JSONSerialization.data(withJSONObject: values).write(to: file)
    return folder
  }

  @Test(arguments: [
    ("peft_type", "IA3"), ("bias", "all"), ("init_lora_weights", "pissa"),
  ])
  func otherKindsAreRefused(key: String, value: String) throws {
    let folder = try changed { $0[key] = value }
    let error = #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
    #expect(error?.code == .unsupportedModel)
    #expect(error?.message.contains(value) == true)
  }

  @Test func replacedModulesAreRefused() throws {
    let folder = try changed { $0["modules_to_save"] = ["classifier"] }
    let error = #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
    #expect(error?.message.contains("modules_to_save (classifier)") == true)
  }

  @Test func aWrongRankOrKindIsRefused() throws {
    let changes: [(inout [String: Any]) -> Void] = [
      { $0["r"] = 5 }, { $0["use_dora"] = true }, { $0["lora_alpha"] = NSNull() },
      { $0["rank_pattern"] = ["q_proj": 9] }, { $0["alpha_pattern"] = ["(a+)+b": 9] },
      { $0["alpha_pattern"] = ["(": 9] },
    ]
    for change in changes {
      let folder = try changed("llama-lora", change)
      #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
    }
  }

  @Test func aMissingHalfIsRefused() throws {
    let folder = try changed { _ in }
    let file = folder.appendingPathComponent("adapter_model.safetensors")
    let layer = "base_model.model.model.layers.0.mlp.up_proj"
    try SafetensorsWriter.write(
      [(layer + ".lora_A.weight", [4, 24], { Array(repeating: 0, count: 96) })],
      to: file
    )
    let error = #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
    #expect(error?.code == .malformedWeights)
    #expect(error?.message.contains("model.layers.0.mlp.up_proj") == true)
    try SafetensorsWriter.write([], to: file)
    #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
  }

  @Test func namesOfOlderVersionsAreRead() throws {
    let folder = try changed { _ in }
    let adapter = try PEFTAdapterFile.read(folder)
    let file = folder.appendingPathComponent("adapter_model.safetensors")
    var weights = try WeightFile(file)
    weights.rename { $0.replacingOccurrences(of: ".weight", with: ".default.weight") }
    try weights.data().write(to: file)
    #expect(try PEFTAdapterFile.read(folder).updates == adapter.updates)
  }

  @Test func pickledWeightsAreRefused() throws {
    let folder = try changed { _ in }
    let file = folder.appendingPathComponent("adapter_model.safetensors")
    try FileManager.default.moveItem(
      at: file,
      to: folder.appendingPathComponent("adapter_model.bin")
    )
    let error = #expect(throws: LanguageModelError.self) { try PEFTAdapterFile.read(folder) }
    #expect(error?.code == .unsupportedModel)
  }

  @Test(arguments: ["adapter_config.json", "adapter_model.safetensors"])
  func damagedFiles(name: String) throws {
    for fixture in ["llama-biased-dora", "phi3-patterns"] {
      let folder = try changed(fixture) { _ in }
      let file = folder.appendingPathComponent(name)
      let decoder = try AdapterFixture(name: fixture).decoder(threads: 1)
      let refused = try Mutation.survive(file, seed: 11, count: 150, headBytes: 4000) { damaged in
        try Data(contentsOf: damaged).write(to: file)
        _ = try decoder.prepare(PEFTAdapterFile.read(folder))
      }
      #expect(refused > 20)
    }
  }
}
