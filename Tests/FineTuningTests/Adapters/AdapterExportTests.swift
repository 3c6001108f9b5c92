import FineTuning
import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// Writes adapters and merged models for Scripts/check-peft.py, which reads them with PEFT and
/// llama.cpp: into the folder named by `ATTUNE_ADAPTER_CHECK`, and only if that is set.
@Suite(.enabled(if: AdapterFiles.checkFolder != nil, "writes what Scripts/check-peft.py reads"))
struct AdapterExportTests {
  /// What a case holds beside its files.
  struct Case: Encodable {
    var base: String
    var ids: [Int32]
    var rows: [[Float]]
    var greedy: [Int32] = []
    var plainGreedy: [Int32] = []
  }

  private func place(_ name: String) throws -> URL {
    let folder = try #require(AdapterFiles.checkFolder).appendingPathComponent(name)
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func write(_ result: Case, to folder: URL) throws {
    try JSONEncoder().encode(result).write(to: folder.appendingPathComponent("case.json"))
  }

  @Test(arguments: AdapterFiles.decoders)
  func decoder(files: AdapterFiles) throws {
    let folder = try place(files.name)
    let (base, expected) = (try files.base(), try files.expected())
    let adapter = try files.adapter()
    try PEFTAdapterFile.write(adapter, to: folder.appendingPathComponent("adapter"))
    try ModelMerging.merge(
      adapter,
      with: base,
      into: folder.appendingPathComponent("merged"),
      type: .float32
    )
    let decoder = try CausalDecoder(folder: base, precision: .float32)
    let cache = try decoder.makeCache(adapter: decoder.prepare(adapter))
    let rows = try decoder.forward(expected.ids, cache: cache, logits: .all)
    try write(Case(base: base.path, ids: expected.ids, rows: rows), to: folder)
  }

  @Test(arguments: AdapterFiles.encoders)
  func encoder(files: AdapterFiles) throws {
    let folder = try place(files.name)
    let (base, expected) = (try files.base(), try files.expected())
    let adapter = try files.adapter()
    try PEFTAdapterFile.write(adapter, to: folder.appendingPathComponent("adapter"))
    try ModelMerging.merge(
      adapter,
      with: base,
      into: folder.appendingPathComponent("merged"),
      type: .float32
    )
    let encoder = try BertEncoder(
      configuration: BertConfiguration(base.appendingPathComponent("config.json")),
      weights: SafetensorsFile(base.appendingPathComponent("model.safetensors")),
      adapter: adapter,
      kernels: KernelSet.active()
    )
    let rows = try encoder.lastHiddenState([expected.ids])[0]
    try write(Case(base: base.path, ids: expected.ids, rows: rows), to: folder)
  }

  /// A real model with a random adapter, for llama.cpp.
  @Test(.enabled(if: SharedData.holds("models/stories260k"), "needs the shared data"))
  func stories() throws {
    let folder = try place("stories260k")
    let base = try SharedData.url("models/stories260k/huggingface")
    let decoder = try CausalDecoder(folder: base, precision: .float32)
    var random = SplitMix64(seed: 5)
    func values(_ count: Int) -> [Float] {
      (0..<count).map { _ in .random(in: -0.15...0.15, using: &random) }
    }
    var updates: [String: LowRankUpdate] = [:]
    for layer in decoder.configuration.linearLayers {
      updates[layer.name] = try LowRankUpdate(
        inputs: layer.inputs,
        outputs: layer.outputs,
        rank: 4,
        alpha: 8,
        isRankStabilized: true,
        a: values(4 * layer.inputs),
        b: values(4 * layer.outputs)
      )
    }
    var adapter = try LowRankAdapter(updates: updates)
    adapter.taskType = "CAUSAL_LM"
    try PEFTAdapterFile.write(adapter, to: folder.appendingPathComponent("adapter"))
    try GGUFAdapterFile.write(
      adapter,
      for: decoder.configuration,
      to: folder.appendingPathComponent("adapter.gguf")
    )
    try ModelMerging.merge(adapter, with: base, into: folder.appendingPathComponent("merged"))
    let prompt: [Int32] = [1, 403, 407, 261, 378]
    let prepared = try decoder.prepare(adapter)
    let rows = try decoder.forward(
      prompt,
      cache: decoder.makeCache(adapter: prepared),
      logits: .all
    )
    var result = Case(base: base.path, ids: prompt, rows: rows)
    result.greedy = try greedy(decoder, prompt, prepared)
    result.plainGreedy = try greedy(decoder, prompt, nil)
    try write(result, to: folder)
  }

  private func greedy(
    _ decoder: CausalDecoder,
    _ prompt: [Int32],
    _ adapter: DecoderAdapter?
  ) throws -> [Int32] {
    let cache = try decoder.makeCache(adapter: adapter)
    var tokens: [Int32] = []
    var pending = prompt
    for _ in 0..<60 {
      let logits = try decoder.forward(pending, cache: cache)[0]
      let best = try #require(decoder.kernels.argmax(logits))
      tokens.append(Int32(best))
      pending = [Int32(best)]
    }
    return tokens
  }
}
