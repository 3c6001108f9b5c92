import Foundation
import ModelCatalog
import Testing

/// The folder of models: what is seen, taken in and removed.
@Suite final class ModelCacheTests {
  private let test = TestModel()
  private let files = FileManager.default

  private var source: URL { test.cache.folder.appendingPathComponent("source") }

  deinit { test.removeCache() }

  private func failure(_ name: String = "mine") -> ModelCatalogError.Code? {
    do {
      _ = try test.cache.importFolder(source, name: name)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func folderFollowsTheEnvironment() {
    func path(_ environment: [String: String]) -> String {
      ModelCache.standard(environment: environment).modelsFolder.path
    }
    #expect(path(["ATTUNE_CACHE": "/a", "XDG_CACHE_HOME": "/b"]) == "/a/models")
    #expect(path(["XDG_CACHE_HOME": "/b", "HOME": "/c"]) == "/b/attune/models")
    #expect(
      path(["ATTUNE_CACHE": "", "XDG_CACHE_HOME": "relative", "HOME": "/c"]).hasPrefix("/c/")
    )
  }

  @Test(arguments: [
    "", ".", "..", "../x", "a/b", "/etc", ".hidden", "a\\b", "a b", "é", "a\u{0}", "a\n",
    String(repeating: "a", count: 101),
  ])
  func namesThatLeadElsewhereAreRefused(name: String) {
    #expect(throws: ModelCatalogError.self) { try test.cache.folder(of: name) }
    #expect(throws: ModelCatalogError.self) { try test.cache.remove(name) }
    #expect(test.cache.installed(name) == nil)
    #expect(failure(name) == .invalidName)
  }

  @Test func folderIsImportedWithItsModules() throws {
    try test.write(to: source)
    try Data("x".utf8).write(to: source.appendingPathComponent("pytorch_model.bin"))
    let model = try test.cache.importFolder(source, name: "mine")
    #expect(model.files == test.model.files)
    #expect(model.size == test.model.size)
    #expect(test.cache.installed() == [model])
    #expect(try test.cache.damagedFiles(of: model).isEmpty)
    #expect(!files.fileExists(atPath: model.folder.path + "/pytorch_model.bin"))
  }

  /// The hub's own cache holds links to files that stand elsewhere.
  @Test func linksToFilesAreFollowed() throws {
    let blobs = test.cache.folder.appendingPathComponent("blobs")
    try test.write(to: blobs)
    try files.createDirectory(at: source, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors", "tokenizer.json"] {
      try files.createSymbolicLink(
        atPath: source.appendingPathComponent(name).path,
        withDestinationPath: "../blobs/\(name)"
      )
    }
    let model = try test.cache.importFolder(source, name: "mine")
    try files.removeItem(at: blobs)
    #expect(try test.cache.damagedFiles(of: model).isEmpty)
  }

  @Test func folderThatIsNoModelIsRefused() throws {
    #expect(failure() == .invalidModel)
    for missing in ["config.json", "model.safetensors", "tokenizer.json"] {
      try test.write(to: source)
      try files.removeItem(at: source.appendingPathComponent(missing))
      #expect(failure() == .invalidModel)
    }
    for (name, bytes) in [
      ("config.json", "[1]"), ("config.json", "{"), ("model.safetensors", ""),
      ("model.safetensors", "short"), ("model.safetensors", "\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}~~~ab"),
    ] {
      try test.write(to: source)
      try Data(bytes.utf8).write(to: source.appendingPathComponent(name))
      #expect(failure() == .invalidModel, "\(name) \(bytes)")
    }
    #expect(test.cache.installed().isEmpty)
  }

  @Test func knownModelMustBeThePublishedOne() throws {
    let catalog = ModelCatalog(models: [test.model])
    try test.write(to: source)
    _ = try test.cache.importFolder(source, name: TestModel.name, catalog: catalog)
    try Data("{ }".utf8).write(to: source.appendingPathComponent("tokenizer.json"))
    #expect(throws: ModelCatalogError.self) {
      try test.cache.importFolder(source, name: TestModel.name, catalog: catalog)
    }
    // What was there before is still there.
    #expect(try test.isInstalled())
  }

  @Test func importReplacesAModelOfTheSameName() throws {
    try test.write(to: source)
    _ = try test.cache.importFolder(source, name: "mine")
    try Data(#"{"model_type":"other"}"#.utf8).write(
      to: source.appendingPathComponent("config.json")
    )
    let model = try test.cache.importFolder(source, name: "mine")
    #expect(test.cache.installed() == [model])
    #expect(try test.cache.damagedFiles(of: model).isEmpty)
  }

  @Test func removedModelIsGone() throws {
    try test.write(to: source)
    let model = try test.cache.importFolder(source, name: "mine")
    try test.cache.remove("mine")
    #expect(test.cache.installed().isEmpty)
    #expect(!files.fileExists(atPath: model.folder.path))
    #expect(throws: ModelCatalogError.self) { try test.cache.remove("mine") }
  }

  @Test func incompleteOrForeignFoldersAreNoModels() throws {
    try test.write(to: source)
    let model = try test.cache.importFolder(source, name: "mine")
    let record = model.folder.appendingPathComponent("attune-model.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    for other in [
      "", "{}", text.replacing("config.json", with: "../../config.json"),
      text.replacing("\"config.json", with: "\"/etc/config.json"),
    ] {
      try Data(other.utf8).write(to: record)
      #expect(test.cache.installed().isEmpty)
    }
    try Data(text.utf8).write(to: record)
    #expect(test.cache.installed().count == 1)
    try files.removeItem(at: model.folder.appendingPathComponent("model.safetensors"))
    #expect(test.cache.installed().isEmpty)
  }

  @Test func standardCatalogIsPinned() throws {
    let model = try #require(ModelCatalog.standard.find("sentence-transformers/all-minilm-l6-v2"))
    #expect(model == .allMiniLM)
    #expect(model.dimensions == 384 && model.role == .embedder && model.license == "Apache-2.0")
    for file in model.files {
      #expect(file.size > 0 && file.sha256.utf8.count == 64)
    }
    #expect(ModelCatalog.standard.find("no-such-model") == nil)
  }
}
