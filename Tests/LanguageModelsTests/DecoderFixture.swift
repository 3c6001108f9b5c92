import Foundation
import Kernels
import LanguageModels

/// A tiny decoder with random weights and the logits that transformers computes with it
/// (Scripts/make-decoder-fixture.py).
struct DecoderFixture: CustomStringConvertible, Sendable {
  /// Token ids and the logits after each of them.
  struct Run: Decodable {
    var ids: [Int32]
    var logits: [[Float]]
  }

  var name: String

  var description: String { name }

  var folder: URL {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/decoders/\(name)")
  }

  var gguf: URL { folder.appendingPathComponent("model.gguf") }

  func runs() throws -> [Run] {
    try JSONDecoder().decode(
      [Run].self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
    )
  }

  func decoder(
    _ variant: KernelVariant? = nil,
    precision: WeightPrecision = .float32,
    threads: Int = 2
  ) throws -> CausalDecoder {
    try CausalDecoder(
      folder: folder,
      precision: precision,
      kernels: variant.map { try KernelSet($0) },
      pool: WorkerPool(threads: threads)
    )
  }

  static let all = [
    "llama", "llama-biased", "llama3", "llama-linear", "llama-yarn", "mistral", "qwen2",
    "qwen2-sliding", "qwen3", "phi3", "phi4-mini", "gemma2", "gemma3",
  ].map { DecoderFixture(name: $0) }

  static let withGGUF = [
    "llama", "llama3", "qwen2", "qwen3", "phi3", "phi4-mini", "gemma2", "gemma3",
  ]
  .map { DecoderFixture(name: $0) }
}

/// The largest difference of two lists of rows; infinite where they differ in shape or a value is no
/// number.
func largestDifference(_ left: [[Float]], _ right: [[Float]]) -> Float {
  guard left.count == right.count else { return .infinity }
  var largest: Float = 0
  for (left, right) in zip(left, right) {
    guard left.count == right.count else { return .infinity }
    for (left, right) in zip(left, right) {
      let difference = abs(left - right)
      guard difference.isFinite else { return .infinity }
      largest = max(largest, difference)
    }
  }
  return largest
}
