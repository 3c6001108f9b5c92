import FineTuning
import Foundation
import LanguageModels
import TestSupport
import Testing

/// Adapters go to llama.cpp's form and back.
@Suite struct GGUFAdapterTests {
  @Test(arguments: AdapterFiles.plain)
  func thereAndBack(files: AdapterFiles) throws {
    let directory = try TemporaryDirectory()
    let file = directory.url.appendingPathComponent("adapter.gguf")
    let configuration = try DecoderConfiguration(folder: files.base())
    let adapter = try files.adapter()
    try GGUFAdapterFile.write(adapter, for: configuration, to: file)
    let back = try GGUFAdapterFile.read(file, for: configuration)
    #expect(back.layerNames == adapter.layerNames)
    for (name, update) in adapter.updates {
      let other = try #require(back.updates[name])
      #expect(other.a == update.a)
      let pairs = zip(update.b, other.b)
      #expect(pairs.allSatisfy { abs($0 * update.scale - $1 * other.scale) < 1e-5 })
    }
  }

  @Test func theFileIsWhatLlamaCppExpects() throws {
    let files = AdapterFiles(name: "llama-lora")
    let directory = try TemporaryDirectory()
    let file = directory.url.appendingPathComponent("adapter.gguf")
    let configuration = try DecoderConfiguration(folder: files.base())
    let adapter = try files.adapter()
    try GGUFAdapterFile.write(adapter, for: configuration, to: file)
    let written = try GGUFFile(file)
    #expect(written.string("general.type") == "adapter")
    #expect(written.string("general.architecture") == "llama")
    #expect(written.number("adapter.lora.alpha") == 6)
    #expect(written.tensors["blk.0.attn_q.weight.lora_a"]?.shape == [4, 24])
    #expect(written.tensors["blk.1.ffn_down.weight.lora_b"]?.shape == [24, 4])
    // Row 1 of a query head of 6 values is transformers' row 3.
    let b = try #require(written.tensors["blk.0.attn_q.weight.lora_b"])
    let update = try #require(adapter.updates["model.layers.0.self_attn.q_proj"])
    #expect(try Array(written.values(of: b)[4..<8]) == Array(update.b[12..<16]))
  }

  @Test func whatGGUFCannotHoldIsRefused() throws {
    let files = AdapterFiles(name: "qwen3-dora")
    let directory = try TemporaryDirectory()
    let file = directory.url.appendingPathComponent("adapter.gguf")
    #expect(throws: FineTuningError.self) {
      try GGUFAdapterFile.write(
        files.adapter(),
        for: DecoderConfiguration(folder: files.base()),
        to: file
      )
    }
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  /// Damaged files are refused or read, never a trap.
  @Test func damagedFiles() throws {
    let files = AdapterFiles(name: "mistral-some")
    let directory = try TemporaryDirectory()
    let file = directory.url.appendingPathComponent("adapter.gguf")
    let configuration = try DecoderConfiguration(folder: files.base())
    try GGUFAdapterFile.write(files.adapter(), for: configuration, to: file)
    let whole = [UInt8](try Data(contentsOf: file))
    var random = SplitMix64(seed: 7)
    var refused = 0
    for _ in 0..<400 {
      var bytes = whole
      if random.next() % 8 == 0 { bytes.removeLast(Int(random.next() % 600)) }
      for _ in 0..<Int(1 + random.next() % 4) {
        bytes[Int(random.next() % 900)] = UInt8(truncatingIfNeeded: random.next())
      }
      let damaged = try directory.write(Data(bytes), to: "damaged.gguf")
      do {
        _ = try GGUFAdapterFile.read(damaged, for: configuration)
      } catch {
        // Its type says so: nothing else is thrown.
        let _: LanguageModelError = error
        refused += 1
      }
    }
    #expect(refused > 200)
  }
}
