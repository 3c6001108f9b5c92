import Crypto
import Foundation
import ModelCatalog

/// A small model whose files the tests make up, and a cache of its own.
struct TestModel {
  let contents: [String: Data]
  let model: KnownModel
  let cache: ModelCache

  static let name = "test-model"

  init() {
    var state: UInt64 = 42
    let weights = (0..<100_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    contents = [
      "1_Pooling/config.json": Data(#"{"pooling_mode_mean_tokens":true}"#.utf8),
      "config.json": Data(#"{"model_type":"bert"}"#.utf8),
      "model.safetensors": Data([2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8) + weights),
      "tokenizer.json": Data("{}".utf8),
    ]
    model = KnownModel(
      name: Self.name,
      role: .embedder,
      license: "CC0-1.0",
      dimensions: 4,
      files: contents.sorted { $0.key < $1.key }.map { path, data in
        KnownModel.File(path: path, size: data.count, sha256: Self.sha256(data))
      },
      hub: .init(name: "example/test-model", revision: "abc123"),
      package: .init(name: "test-model-package", version: "1.0", folder: "pkg/model")
    )
    cache = ModelCache(
      folder: FileManager.default.temporaryDirectory
        .appendingPathComponent("attune-catalog-\(UUID().uuidString)")
    )
  }

  static func sha256(_ data: Data) -> String {
    SHA256.hash(data: data).map { byte in
      String(repeating: "0", count: byte < 16 ? 1 : 0) + String(byte, radix: 16)
    }.joined()
  }

  func removeCache() { try? FileManager.default.removeItem(at: cache.folder) }

  func puller(
    _ fetcher: ScriptedFetcher,
    _ runner: ScriptedRunner = ScriptedRunner(),
    environment: [String: String] = [:],
    clock: TestClock = TestClock()
  ) -> ModelPuller {
    ModelPuller(
      catalog: ModelCatalog(models: [model]),
      cache: cache,
      fetcher: fetcher,
      runner: runner,
      environment: environment,
      clock: clock
    )
  }

  /// Whether the folder holds exactly what the model should.
  func isInstalled() throws -> Bool {
    guard let installed = cache.installed(Self.name) else { return false }
    for (path, data) in contents
    where try Data(contentsOf: installed.folder.appendingPathComponent(path)) != data {
      return false
    }
    return try cache.damagedFiles(of: installed).isEmpty
  }

  /// Writes the files into a folder.
  func write(to folder: URL) throws {
    for (path, data) in contents {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try data.write(to: file)
    }
  }
}
