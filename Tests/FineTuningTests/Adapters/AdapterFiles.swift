import Foundation
import LanguageModels

/// The tiny models and adapters of the LanguageModels tests (Scripts/make-adapter-fixture.py).
struct AdapterFiles: CustomStringConvertible, Sendable {
  struct Expected: Decodable {
    var base: String
    var ids: [Int32]
    var rows: [[Float]]
  }

  var name: String

  var description: String { name }

  private static let fixtures = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("LanguageModelsTests/Fixtures")

  var folder: URL { Self.fixtures.appendingPathComponent("adapters/\(name)") }

  func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
    )
  }

  func base() throws -> URL { try Self.fixtures.appendingPathComponent(expected().base) }

  func adapter() throws -> LowRankAdapter { try PEFTAdapterFile.read(folder) }

  static let decoders = [
    "llama-lora", "llama-biased-dora", "mistral-some", "qwen2-rslora", "qwen3-dora",
    "phi3-patterns", "gemma2-lora", "gemma3-dora", "llama-output",
  ].map { AdapterFiles(name: $0) }

  static let encoders = ["bert-lora", "bert-dora"].map { AdapterFiles(name: $0) }

  /// Where adapters and models go for Scripts/check-peft.py, if they are asked for.
  static let checkFolder = ProcessInfo.processInfo.environment["ATTUNE_ADAPTER_CHECK"]
    .map { URL(fileURLWithPath: $0) }

  /// Those that GGUF files can hold.
  static let plain = [
    "llama-lora", "mistral-some", "qwen2-rslora", "phi3-patterns", "gemma2-lora", "llama-output",
  ].map { AdapterFiles(name: $0) }
}

/// The largest difference of two lists of rows; infinite where they differ in shape or a value is no
/// number.
func largestDifference(_ left: [[Float]], _ right: [[Float]]) -> Float {
  guard left.map(\.count) == right.map(\.count) else { return .infinity }
  var largest: Float = 0
  for (left, right) in zip(left, right) {
    for (left, right) in zip(left, right) {
      let difference = abs(left - right)
      guard difference.isFinite else { return .infinity }
      largest = max(largest, difference)
    }
  }
  return largest
}
