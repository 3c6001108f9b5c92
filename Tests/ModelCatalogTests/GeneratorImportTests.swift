import Foundation
import ModelCatalog
import Testing

/// Taking generators in from this machine: folders, GGUF files, and folders that were prepared.
@Suite final class GeneratorImportTests {
  private let test = TestRepository()
  private let files = FileManager.default

  private var source: URL { test.cache.folder.appendingPathComponent("source") }

  deinit { test.removeCache() }

  /// Writes a folder anew.
  private func write(_ contents: [String: Data]) throws {
    try? files.removeItem(at: source)
    try TestRepository.write(contents, to: source)
  }

  private func take(_ contents: [String: Data]) throws -> InstalledModel {
    try write(contents)
    return try test.cache.importFolder(source, name: "mine")
  }

  private func failure(_ contents: [String: Data]) -> ModelCatalogError? {
    do {
      _ = try take(contents)
      return nil
    } catch {
      return error as? ModelCatalogError
    }
  }

  @Test func folderIsTakenWithItsSettingsAndNothingElse() throws {
    let model = try take(TestRepository.generator)
    #expect(model.files.map(\.path) == TestRepository.taken)
    #expect(model.role == .generator)
    #expect(test.cache.installed() == [model])
    #expect(try test.cache.damagedFiles(of: model).isEmpty)
    #expect(!files.fileExists(atPath: model.folder.path + "/pytorch_model.bin"))
  }

  @Test func shardsOfTheIndexAreTaken() throws {
    var contents = TestRepository.generator
    contents["model.safetensors"] = nil
    contents["model.safetensors.index.json"] = Data(
      #"{"weight_map":{"a":"x-1.safetensors","b":"x-2.safetensors","c":"x-1.safetensors"}}"#.utf8
    )
    contents["x-1.safetensors"] = TestRepository.safetensors(100)
    #expect(failure(contents)?.message.contains("x-2.safetensors") == true)
    contents["x-2.safetensors"] = TestRepository.safetensors(200)
    contents["x-3.safetensors"] = TestRepository.safetensors(300)
    let paths = try take(contents).files.map(\.path)
    #expect(paths.contains("x-1.safetensors") && paths.contains("x-2.safetensors"))
    #expect(!paths.contains("x-3.safetensors"))
    contents["x-2.safetensors"] = Data("short".utf8)
    #expect(failure(contents)?.code == .invalidModel)
    for wrong in [#"{"weight_map":{"a":"../../x.safetensors"}}"#, "{}", "[", ""] {
      contents["model.safetensors.index.json"] = Data(wrong.utf8)
      #expect(failure(contents)?.code == .invalidModel, "\(wrong)")
    }
    // What was there before is still there.
    #expect(test.cache.installed().count == 1)
  }

  @Test(arguments: [
    ["tokenizer.model"], ["vocab.txt"], ["vocab.json", "merges.txt"], ["qwen.tiktoken"],
  ])
  func anyTokenizerWillDo(names: [String]) throws {
    var contents = TestRepository.generator
    contents["tokenizer.json"] = nil
    #expect(failure(contents)?.code == .invalidModel)
    for name in names { contents[name] = Data("x".utf8) }
    let paths = try take(contents).files.map(\.path)
    #expect(names.allSatisfy(paths.contains))
  }

  @Test func chatTemplateComesAlong() throws {
    var contents = TestRepository.generator
    contents["chat_template.jinja"] = Data("{{ messages }}".utf8)
    #expect(try take(contents).files.map(\.path).contains("chat_template.jinja"))
  }

  @Test func singleFileIsAModel() throws {
    try write(["tiny-Q8_0.gguf": TestRepository.gguf()])
    let file = source.appendingPathComponent("tiny-Q8_0.gguf")
    let model = try test.cache.importFile(file, name: "tiny")
    #expect(model.files.map(\.path) == ["tiny-Q8_0.gguf"])
    #expect(model.role == .generator && model.source == file.path)
    #expect(test.cache.installed() == [model])
    #expect(try test.cache.damagedFiles(of: model).isEmpty)
    // A folder with nothing but the file is the same model.
    let folder = try test.cache.importFolder(source, name: "folder")
    #expect(folder.files == model.files)
  }

  @Test func fileWithAStrangeNameIsTakenUnderAPlainOne() throws {
    try write([".hidden.gguf": TestRepository.gguf()])
    let model = try test.cache
      .importFile(source.appendingPathComponent(".hidden.gguf"), name: "tiny")
    #expect(model.files.map(\.path) == ["model.gguf"])
  }

  @Test func fileThatIsNoModelIsRefused() throws {
    let whole = TestRepository.gguf()
    let contents: [String: Data] = [
      "empty.gguf": Data(), "text.gguf": Data("GGUX and more".utf8),
      "short.gguf": whole.prefix(20), "old.gguf": Data("GGUF".utf8) + [1] + whole.dropFirst(5),
      "none.gguf": whole.prefix(8) + Data(repeating: 0, count: 16),
      "part-00001-of-00002.gguf": whole, "model.bin": whole,
    ]
    try write(contents)
    for name in contents.keys.sorted() + ["absent.gguf", "."] {
      #expect(throws: ModelCatalogError.self, "\(name)") {
        try test.cache.importFile(source.appendingPathComponent(name), name: "tiny")
      }
    }
    #expect(test.cache.installed().isEmpty)
  }

  /// Whatever bytes follow, the role of a file is told or not, and nothing traps.
  @Test func headersOfAnyBytesAreRead() throws {
    let whole = TestRepository.gguf(weights: 0)
    try files.createDirectory(at: source, withIntermediateDirectories: true)
    let file = source.appendingPathComponent("any.gguf")
    var state: UInt64 = 3
    for _ in 0..<150 {
      var data = whole
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = 4 + Int(state >> 33) % (data.count - 4)
        data[place] = state & 1 == 0 ? 0xFF : UInt8(truncatingIfNeeded: state >> 20)
      }
      try data.write(to: file)
      _ = KnownModel.Role(ofModelAt: file)
    }
  }

  // MARK: - Roles

  @Test(arguments: [
    (#"{"architectures":["LlamaForCausalLM"]}"#, KnownModel.Role.generator),
    (#"{"architectures":["GPT2LMHeadModel"]}"#, .generator),
    (#"{"architectures":["Gemma3ForConditionalGeneration"],"text_config":{}}"#, .generator),
    (#"{"architectures":["BertModel"]}"#, .embedder),
    (#"{"architectures":["XLMRobertaModel"]}"#, .embedder),
    (#"{"architectures":["BertForMaskedLM"]}"#, .embedder),
    (#"{"architectures":["BertForSequenceClassification"]}"#, .reranker),
    (#"{"model_type":"bert"}"#, .embedder),
    (#"{"architectures":["WhisperForConditionalGeneration"]}"#, nil),
    (#"{"architectures":"no list"}"#, nil),
    ("{}", nil),
  ])
  func roleIsToldByTheConfiguration(text: String, role: KnownModel.Role?) throws {
    try write(["config.json": Data(text.utf8)])
    #expect(KnownModel.Role(ofModelAt: source) == role)
    try write(["config.json": Data(text.utf8), "modules.json": Data("[]".utf8)])
    #expect(KnownModel.Role(ofModelAt: source) == .embedder)
  }

  @Test(arguments: [
    ("llama", KnownModel.Role.generator), ("gemma3", .generator), ("bert", .embedder),
    ("nomic-bert", .embedder), ("clip", nil),
  ])
  func roleIsToldByTheGGUFFile(architecture: String, role: KnownModel.Role?) throws {
    #expect(try take(["tiny.gguf": TestRepository.gguf(architecture)]).role == role)
  }

  @Test func recordsOfOtherVersionsAreRead() throws {
    let model = try take(TestRepository.generator)
    let record = model.folder.appendingPathComponent("attune-model.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    // An older one has no role; the files tell it.
    try Data(text.replacing("\"role\" : \"generator\",", with: "").utf8).write(to: record)
    #expect(try String(contentsOf: record, encoding: .utf8).contains("role") == false)
    #expect(test.cache.installed() == [model])
    // A later one may have roles that are not known here.
    try Data(text.replacing("\"generator\"", with: "\"painter\"").utf8).write(to: record)
    #expect(test.cache.installed().map(\.role) == [nil])
  }

  // MARK: - Prepared folders

  @Test func preparedFolderReplacesTheModelItWasMadeFrom() async throws {
    let pulled = try await test.puller(test.hub()).pullModel(TestRepository.id)
    let staging = try test.cache.makeStagingFolder()
    try TestRepository.write(
      ["model.attune": Data("packed".utf8), "sub/tokenizer.json": Data("{}".utf8)],
      to: staging
    )
    let model = try test.cache.install(
      pulled.name,
      prepared: staging,
      source: pulled.source,
      role: pulled.role
    )
    #expect(model.files.map(\.path) == ["model.attune", "sub/tokenizer.json"])
    #expect(model.files.first?.sha256 == TestModel.sha256(Data("packed".utf8)))
    #expect(test.cache.installed() == [model])
    #expect(!files.fileExists(atPath: staging.path))
    #expect(!files.fileExists(atPath: model.folder.path + "/model.safetensors"))

    // Pulling it again finds that it is here.
    let hub = test.hub()
    #expect(try await test.puller(hub).pullModel(TestRepository.id) == model)
    #expect(hub.requests.count == 1)
  }

  @Test func preparedFolderMustHoldOnlyPlainFiles() throws {
    let staging = try test.cache.makeStagingFolder()
    func refused(_ name: String = "mine") -> ModelCatalogError.Code? {
      do {
        _ = try test.cache.install(name, prepared: staging, source: "here")
        return nil
      } catch {
        return error.code
      }
    }
    #expect(refused() == .invalidModel)
    try TestRepository.write(["model.attune": Data("x".utf8)], to: staging)
    #expect(refused("../up") == .invalidName)
    let link = staging.appendingPathComponent("link")
    try files.createSymbolicLink(atPath: link.path, withDestinationPath: "/etc/passwd")
    #expect(refused() == .invalidModel)
    try files.removeItem(at: link)
    #expect(test.cache.installed().isEmpty)
    #expect(refused() == nil)
    #expect(refused() == .fileSystem)
    #expect(test.cache.installed().map(\.name) == ["mine"])
  }
}
