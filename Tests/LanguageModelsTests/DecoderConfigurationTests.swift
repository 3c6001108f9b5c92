import Foundation
import LanguageModels
import TestSupport
import Testing

@Suite struct DecoderConfigurationTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func read(_ json: String) throws -> DecoderConfiguration {
    try folder.write(json, to: "config.json")
    return try DecoderConfiguration(folder: folder.url)
  }

  private static let llama = """
    "model_type":"llama","hidden_size":64,"num_hidden_layers":4,"num_attention_heads":4,\
    "intermediate_size":96,"vocab_size":100,"max_position_embeddings":128
    """

  @Test func theOlderFormSaysTheSameAsTheNewer() throws {
    let older = try read(
      """
      {"model_type":"gemma3_text","hidden_size":640,"intermediate_size":2048,"head_dim":256,
       "num_hidden_layers":7,"num_attention_heads":4,"num_key_value_heads":1,"vocab_size":262144,
       "max_position_embeddings":32768,"query_pre_attn_scalar":168,"sliding_window":512,
       "sliding_window_pattern":3,"rope_theta":1000000.0,"rope_local_base_freq":10000,
       "rope_scaling":{"type":"linear","factor":8.0},"rms_norm_eps":1e-6,"eos_token_id":[1,106]}
      """
    )
    let newer = try read(
      """
      {"model_type":"gemma3_text","hidden_size":640,"intermediate_size":2048,"head_dim":256,
       "num_hidden_layers":7,"num_attention_heads":4,"num_key_value_heads":1,"vocab_size":262144,
       "max_position_embeddings":32768,"query_pre_attn_scalar":168,"sliding_window":512,
       "layer_types":["sliding_attention","sliding_attention","full_attention","sliding_attention",
         "sliding_attention","full_attention","sliding_attention"],
       "rope_parameters":{"full_attention":{"rope_type":"linear","factor":8,"rope_theta":1e6},
         "sliding_attention":{"rope_type":"default","rope_theta":10000.0}},
       "rms_norm_eps":1e-6,"eos_token_id":[1,106],"tie_word_embeddings":true}
      """
    )
    #expect(older == newer)
    #expect(older.attentionScale == 1 / Float(168).squareRoot())
    #expect(older.slidingLayers == [true, true, false, true, true, false, true])
    #expect(older.endTokens == [1, 106] && older.tiesEmbeddings)
  }

  @Test func whatALargeGemmaLeavesOutIsAsInTransformers() throws {
    let configuration = try read(
      """
      {"model_type":"gemma3","text_config":{"model_type":"gemma3_text","hidden_size":2560,
       "intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024,
       "rope_scaling":{"rope_type":"linear","factor":8.0}},"eos_token_id":[1,106]}
      """
    )
    #expect(configuration.heads == 8 && configuration.keyValueHeads == 4)
    #expect(configuration.headSize == 256 && configuration.vocabularySize == 262_208)
    #expect(configuration.contextLength == 131_072 && configuration.endTokens == [1, 106])
    #expect(configuration.slidingLayers.filter { !$0 }.count == 5)
  }

  @Test func endTokensOfBothFilesCount() throws {
    try folder.write(#"{"eos_token_id":[2,7,-1,500]}"#, to: "generation_config.json")
    let configuration = try read("{\(Self.llama),\"eos_token_id\":3,\"bos_token_id\":1}")
    #expect(configuration.endTokens == [3, 2, 7] && configuration.beginToken == 1)
  }

  @Test func aPhiOfTheFirstHourIsRead() throws {
    let factors = "[" + Array(repeating: "1.5", count: 8).joined(separator: ",") + "]"
    let configuration = try read(
      """
      {"model_type":"phi3","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":4,
       "intermediate_size":96,"vocab_size":100,"max_position_embeddings":131072,
       "original_max_position_embeddings":4096,"sliding_window":null,
       "rope_scaling":{"type":"su","short_factor":\(factors),"long_factor":\(factors)}}
      """
    )
    guard case .longRope(let short, _, let original, let attention) = configuration.rotary.scaling
    else {
      Issue.record("no LongRoPE: \(configuration.rotary.scaling)")
      return
    }
    #expect(short.count == 8 && original == 4096)
    #expect(abs(attention - 1.190238) < 1e-5)
  }

  @Test(arguments: [
    ("\"model_type\":\"mamba2\"", "mamba2"), ("\"hidden_act\":\"relu\"", "relu"),
    ("\"rope_scaling\":{\"rope_type\":\"spiral\",\"factor\":2}", "spiral"),
    ("\"quantization_config\":{\"quant_method\":\"awq\"}", "awq"),
  ])
  func whatDoesNotRunHereIsNamed(change: String, name: String) throws {
    let key = try #require(change.split(separator: "\"").first)
    var rest = Self.llama
    if key == "model_type" { rest = rest.replacing("\"model_type\":\"llama\",", with: "") }
    let error = #expect(throws: LanguageModelError.self) { try read("{\(change),\(rest)}") }
    #expect(error?.code == .unsupportedModel && error?.message.contains(name) == true)
    if key == "model_type" { #expect(error?.remedy.contains("qwen3") == true) }
  }

  @Test(arguments: [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
    "max_position_embeddings",
  ])
  func sizesThatNoModelHasAreRefused(key: String) throws {
    for value in ["0", "-1", "9223372036854775807", "1099511627776", "1e400", "\"x\"", "null"] {
      let json = Self.llama.split(separator: ",").map { part in
        part.contains("\"\(key)\"") ? "\"\(key)\":\(value)" : String(part)
      }
      let error = #expect(throws: LanguageModelError.self) {
        try read("{" + json.joined(separator: ",") + "}")
      }
      #expect(error?.code == .malformedConfiguration)
    }
  }

  @Test(arguments: [
    "\"num_key_value_heads\":3", "\"head_dim\":7", "\"head_dim\":-8", "\"rms_norm_eps\":-1",
    "\"rope_theta\":0", "\"partial_rotary_factor\":2",
    "\"rope_scaling\":{\"rope_type\":\"linear\"}",
    "\"rope_scaling\":{\"rope_type\":\"linear\",\"factor\":0}",
    "\"rope_scaling\":{\"rope_type\":\"longrope\",\"short_factor\":[1],\"long_factor\":[1]}",
    "\"rope_scaling\":{\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":4,\"high_freq_factor\":1}",
  ])
  func settingsThatDoNotFitEachOtherAreRefused(setting: String) throws {
    let error = #expect(throws: LanguageModelError.self) { try read("{\(setting),\(Self.llama)}") }
    #expect(error?.code == .malformedConfiguration)
  }

  @Test func theMemoryIsKnownBeforehandAndRefusedWhereThereIsTooLittle() throws {
    _ = try read("{\(Self.llama)}")
    let (configuration, memory) = try LanguageModel.memoryEstimate(
      of: folder.url,
      contextLength: 128
    )
    #expect(configuration.layers == 4)
    // 34 bytes for 32 weights, in groups of 32 inputs and panels of 32 outputs.
    let matrices = 2 * 64 * 128 + 4 * (64 * 192 + 64 * 64 + 2 * 96 * 64 + 96 * 64)
    #expect(memory.weights == matrices / 32 * 34 + 4 * 64 * 9)
    #expect(memory.cache == 2 * 4 * 2 * 128 * 64)
    let error = #expect(throws: LanguageModelError.self) {
      try memory.requireRoom(available: memory.total - 1, subject: "model")
    }
    #expect(error?.code == .insufficientMemory)
    try memory.requireRoom(available: memory.total, subject: "model")
    let huge = try read(
      "{\(Self.llama.replacing("\"num_hidden_layers\":4", with: "\"num_hidden_layers\":1000"))}"
        .replacing("\"intermediate_size\":96", with: "\"intermediate_size\":1048576")
        .replacing("\"hidden_size\":64", with: "\"hidden_size\":65536,\"head_dim\":64")
        .replacing("\"max_position_embeddings\":128", with: "\"max_position_embeddings\":67108864")
    )
    let estimate = MemoryEstimate(huge, weights: .float32, context: huge.contextLength)
    #expect(throws: LanguageModelError.self) { try estimate.requireRoom(subject: "model") }
  }

  @Test func mutatedConfigurationsNeverTrap() throws {
    for (seed, name) in ["phi4-mini", "gemma3", "qwen2-sliding"].enumerated() {
      let source = DecoderFixture(name: name).folder
      let weights = try Data(contentsOf: source.appendingPathComponent("model.safetensors"))
      _ = try Mutation.survive(
        source.appendingPathComponent("config.json"),
        seed: UInt64(seed),
        count: 200,
        headBytes: .max
      ) { url in
        let folder = url.deletingLastPathComponent()
        let file = folder.appendingPathComponent("model.safetensors")
        if !FileManager.default.fileExists(atPath: file.path) { try weights.write(to: file) }
        let decoder = try CausalDecoder(folder: folder, precision: .float32)
        _ = try decoder.forward([1, 2, 3], cache: decoder.makeCache(capacity: 8))
      }
    }
  }
}
