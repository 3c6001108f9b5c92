import Foundation
import Kernels
import LanguageModels

/// An adapter that PEFT saved, and what transformers computes with it
/// (Scripts/make-adapter-fixture.py).
struct AdapterFixture: CustomStringConvertible, Sendable {
  struct Expected: Decodable {
    var base: String
    var ids: [Int32]
    var rows: [[Float]]
  }

  var name: String

  var description: String { name }

  static let fixtures = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  var folder: URL { Self.fixtures.appendingPathComponent("adapters/\(name)") }

  func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
    )
  }

  func base() throws -> URL {
    try Self.fixtures.appendingPathComponent(expected().base)
  }

  func decoder(
    _ variant: KernelVariant? = nil,
    precision: WeightPrecision = .float32,
    threads: Int = 2
  ) throws -> CausalDecoder {
    try CausalDecoder(
      folder: base(),
      precision: precision,
      kernels: variant.map { try KernelSet($0) },
      pool: WorkerPool(threads: threads)
    )
  }

  static let decoders = [
    "llama-lora", "llama-biased-dora", "mistral-some", "qwen2-rslora", "qwen3-dora",
    "phi3-patterns", "gemma2-lora", "gemma3-dora", "llama-output",
  ].map { AdapterFixture(name: $0) }

  static let encoders = ["bert-lora", "bert-dora"].map { AdapterFixture(name: $0) }
}
