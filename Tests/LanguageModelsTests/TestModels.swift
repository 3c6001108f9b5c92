import Foundation
import Kernels
import LanguageModels

/// The models that the tests read.
enum TestModels {
  /// A random BERT of 32 floats a token, two layers, with its results in `expected.json`.
  static let tiny = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/tiny-bert")

  /// Token ids and what transformers makes of them.
  struct Expected: Decodable {
    var ids: [Int32]
    var lastHiddenState: [[Float]]

    enum CodingKeys: String, CodingKey {
      case ids
      case lastHiddenState = "last_hidden_state"
    }
  }

  static func expected() throws -> [Expected] {
    try JSONDecoder().decode(
      [Expected].self,
      from: Data(contentsOf: tiny.appendingPathComponent("expected.json"))
    )
  }

  static func encoder(
    _ variant: KernelVariant? = nil,
    threads: Int = 2,
    folder: URL = tiny
  ) throws -> BertEncoder {
    try BertEncoder(
      configuration: BertConfiguration(folder.appendingPathComponent("config.json")),
      weights: SafetensorsFile(folder.appendingPathComponent("model.safetensors")),
      kernels: variant.map { try KernelSet($0) } ?? KernelSet.active(),
      pool: WorkerPool(threads: threads)
    )
  }

  /// The folder of all-MiniLM-L6-v2, which is too large to be kept here: `ATTUNE_TEST_MODEL`.
  static let real = ProcessInfo.processInfo.environment["ATTUNE_TEST_MODEL"]
    .map { URL(fileURLWithPath: $0) }
}
