import Crypto
import Foundation
import ModelCatalog

/// A repository of the hub whose files the tests make up, and a cache of its own.
struct TestRepository {
  static let id = "example/Tiny-Llama"
  static let name = "Tiny-Llama"
  static let commit = String(repeating: "a1", count: 20)
  /// What the address of a listing ends with.
  static let listingKey = "main?blobs=true"

  /// What the hub holds.
  var contents: [String: Data]
  /// The commit that `main` is at.
  var commit = Self.commit
  let cache: ModelCache

  init(_ contents: [String: Data] = Self.generator) {
    self.contents = contents
    cache = ModelCache(
      folder: FileManager.default.temporaryDirectory
        .appendingPathComponent("attune-repository-\(UUID().uuidString)")
    )
  }

  /// A generator with all that repositories have beside it.
  static let generator: [String: Data] = [
    ".gitattributes": Data("*.safetensors filter=lfs".utf8),
    "README.md": Data("# Tiny".utf8),
    "config.json": Data(
      #"{"architectures":["LlamaForCausalLM"],"model_type":"llama"}"#.utf8
    ),
    "generation_config.json": Data("hello\n".utf8),
    "model.safetensors": safetensors(100_000),
    "onnx/model.onnx": Data("onnx".utf8),
    "pytorch_model.bin": Data("pickle".utf8),
    "tokenizer.json": Data("{}".utf8),
    "tokenizer_config.json": Data(#"{"chat_template":"{{ messages }}"}"#.utf8),
  ]

  /// The files of it that are taken.
  static let taken = [
    "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
    "tokenizer_config.json",
  ]

  /// Bytes that pass for a safetensors file.
  static func safetensors(_ count: Int, seed: UInt64 = 42) -> Data {
    var state = seed
    let weights = (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    return Data([2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8) + weights)
  }

  /// Bytes that pass for a GGUF file of an architecture.
  static func gguf(_ architecture: String = "llama", weights: Int = 1_000) -> Data {
    func number(_ value: some FixedWidthInteger) -> Data {
      withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
    func text(_ text: String) -> Data { number(UInt64(text.utf8.count)) + Data(text.utf8) }
    var data = Data("GGUF".utf8) + number(UInt32(3)) + number(UInt64(1)) + number(UInt64(4))
    // A list of texts, a list of numbers and a number stand before what is looked for.
    data += text("tokenizer.ggml.tokens") + number(UInt32(9)) + number(UInt32(8))
    data += number(UInt64(2)) + text("a") + text("bc")
    data += text("tokenizer.ggml.scores") + number(UInt32(9)) + number(UInt32(6))
    data += number(UInt64(2)) + Data(repeating: 0, count: 8)
    data += text("general.alignment") + number(UInt32(4)) + number(UInt32(32))
    data += text("general.architecture") + number(UInt32(8)) + text(architecture)
    return data + safetensors(weights)
  }

  static func gitBlob(_ data: Data) -> String {
    Insecure.SHA1.hash(data: Data("blob \(data.count)\0".utf8) + data).map { byte in
      String(repeating: "0", count: byte < 16 ? 1 : 0) + String(byte, radix: 16)
    }.joined()
  }

  static func isLarge(_ path: String) -> Bool {
    [".safetensors", ".gguf", ".bin"].contains { path.hasSuffix($0) }
  }

  /// What the hub says of a file.
  static func entry(_ path: String, _ data: Data) -> String {
    guard isLarge(path) else {
      return #"{"rfilename":"\#(path)","size":\#(data.count),"blobId":"\#(gitBlob(data))"}"#
    }
    let sha256 = TestModel.sha256(data)
    return #"{"rfilename":"\#(path)","size":\#(data.count),"blobId":"\#(gitBlob(Data()))","#
      + #""lfs":{"sha256":"\#(sha256)","size":\#(data.count),"pointerSize":134}}"#
  }

  /// The hub's answer about the repository.
  static func answer(_ entries: [String], commit: String = Self.commit) -> Data {
    Data(
      (#"{"_id":"1","id":"\#(id)","gated":false,"tags":["x"],"sha":"\#(commit)","#
        + #""siblings":[\#(entries.joined(separator: ","))]}"#).utf8
    )
  }

  /// The hub, which serves the files and its answer about them.
  func hub(
    listing: Data? = nil,
    at key: String = Self.listingKey,
    _ scripts: [String: [ScriptedFetcher.Step]] = [:]
  ) -> ScriptedFetcher {
    let entries = contents.sorted { $0.key < $1.key }.map { Self.entry($0.key, $0.value) }
    var served = contents
    served[key] = listing ?? Self.answer(entries, commit: commit)
    return ScriptedFetcher(served, scripts)
  }

  func puller(
    _ fetcher: ScriptedFetcher,
    environment: [String: String] = [:],
    clock: TestClock = TestClock()
  ) -> ModelPuller {
    ModelPuller(
      cache: cache,
      fetcher: fetcher,
      runner: ScriptedRunner(),
      environment: environment,
      clock: clock
    )
  }

  /// How pulling fails; nil if it does not.
  func failure(
    _ fetcher: ScriptedFetcher,
    _ name: String = Self.id,
    file: String? = nil,
    installedAs: String? = nil,
    environment: [String: String] = [:]
  ) async -> ModelCatalogError? {
    do {
      _ = try await puller(fetcher, environment: environment)
        .pullModel(name, file: file, installedAs: installedAs)
      return nil
    } catch {
      return error as? ModelCatalogError
    }
  }

  /// Whether exactly these files are installed, as the hub holds them.
  func holds(_ paths: [String], _ name: String = Self.name) throws -> Bool {
    guard let model = cache.installed(name), model.files.map(\.path) == paths else { return false }
    for file in model.files {
      let there = try Data(contentsOf: model.folder.appendingPathComponent(file.path))
      guard there == contents[file.path], TestModel.sha256(there) == file.sha256 else {
        return false
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: model.folder.path)
    return Set(left) == Set(paths + ["attune-model.json"])
  }

  /// Writes files into a folder.
  static func write(_ contents: [String: Data], to folder: URL) throws {
    for (path, data) in contents {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try data.write(to: file)
    }
  }

  func removeCache() { try? FileManager.default.removeItem(at: cache.folder) }
}
