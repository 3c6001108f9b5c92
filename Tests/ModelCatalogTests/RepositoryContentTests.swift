import Foundation
import ModelCatalog
import TestSupport
import Testing

/// What repositories hold: shards, GGUF files, only what cannot be read, and answers made up to do
/// harm.
@Suite final class RepositoryContentTests {
  private var test = TestRepository()

  deinit { test.removeCache() }

  private func replaceWeights(by files: [String: Data]) {
    test.contents["model.safetensors"] = nil
    test.contents["pytorch_model.bin"] = nil
    test.contents.merge(files) { $1 }
  }

  // MARK: - Shards

  private func index(_ names: [String]) -> Data {
    let entries = names.enumerated().map { #""w\#($0.offset)":"\#($0.element)""# }
    return Data(#"{"metadata":{},"weight_map":{\#(entries.joined(separator: ","))}}"#.utf8)
  }

  @Test func shardsAreThoseOfTheIndex() async throws {
    let shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    replaceWeights(by: [
      shards[0]: TestRepository.safetensors(5_000),
      shards[1]: TestRepository.safetensors(6_000, seed: 1),
      "other.safetensors": TestRepository.safetensors(7_000, seed: 2),
      "model.safetensors.index.json": index(shards + shards),
    ])
    _ = try await test.puller(test.hub()).pullModel(TestRepository.id)
    #expect(
      try test.holds([
        "config.json", "generation_config.json", shards[0], shards[1],
        "model.safetensors.index.json", "tokenizer.json", "tokenizer_config.json",
      ])
    )
  }

  @Test(arguments: [
    ["../../etc/passwd.safetensors"], ["/x.safetensors"], ["a/b.safetensors"], ["shard.bin"], [],
    ["absent.safetensors"], ["config.json"], ["A.safetensors", "a.safetensors"],
    [".hidden.safetensors"],
  ])
  func indexThatLeadsElsewhereIsRefused(names: [String]) async {
    replaceWeights(by: [
      "model.safetensors.index.json": index(names),
      "A.safetensors": TestRepository.safetensors(10),
      "a.safetensors": TestRepository.safetensors(20),
    ])
    #expect(await test.failure(test.hub()) != nil)
    #expect(test.cache.installed().isEmpty)
  }

  // MARK: - GGUF files

  @Test func onlyGGUFFileIsTaken() async throws {
    test.contents = [
      "README.md": Data("x".utf8), "tiny-Q8_0.gguf": TestRepository.gguf(),
      "mmproj-tiny.gguf": TestRepository.gguf("clip"),
    ]
    let model = try await test.puller(test.hub()).pullModel(TestRepository.id)
    #expect(try test.holds(["tiny-Q8_0.gguf"]))
    #expect(model.role == .generator)
    #expect(model.source == "\(TestRepository.id)@\(TestRepository.commit)/tiny-Q8_0.gguf")
  }

  @Test func oneOfSeveralGGUFFilesMustBeNamed() async throws {
    test.contents = [
      "tiny-Q4_K.gguf": TestRepository.gguf(), "tiny-Q8_0.gguf": TestRepository.gguf("qwen2"),
      "sub/deep.gguf": TestRepository.gguf("bert"),
    ]
    let error = await test.failure(test.hub())
    #expect(error?.remedy.contains("tiny-Q4_K.gguf (1 MB)") == true)
    #expect(error?.remedy.contains("pull \(TestRepository.id) --file tiny-Q8_0.gguf") == true)

    _ = try await test.puller(test.hub()).pullModel(TestRepository.id, file: "tiny-Q4_K.gguf")
    #expect(try test.holds(["tiny-Q4_K.gguf"]))
    _ = try await test.puller(test.hub()).pullModel("\(TestRepository.id)/tiny-Q8_0.gguf")
    #expect(try test.holds(["tiny-Q8_0.gguf"]))
    let deep = try await test.puller(test.hub()).pullModel("\(TestRepository.id)/sub/deep.gguf")
    #expect(deep.files.map(\.path) == ["deep.gguf"] && deep.role == .embedder)
    for wrong in ["tiny.gguf", "../tiny.gguf", "config.json", "", "/tiny-Q8_0.gguf"] {
      let error = await test.failure(test.hub(), file: wrong)
      #expect(error?.code == .invalidModel, "\(wrong)")
    }
  }

  @Test func fileThatIsNotWhatItsNameSaysIsRefused() async {
    test.contents = ["tiny.gguf": Data("no model".utf8)]
    #expect(await test.failure(test.hub())?.code == .invalidModel)
    test.contents = TestRepository.generator
    test.contents["model.safetensors"] = Data("no model, but long enough".utf8)
    #expect(await test.failure(test.hub())?.code == .invalidModel)
    test.contents["model.safetensors"] = TestRepository.safetensors(10)
    test.contents["config.json"] = Data("[1]".utf8)
    #expect(await test.failure(test.hub())?.code == .invalidModel)
    #expect(test.cache.installed().isEmpty)
  }

  // MARK: - What cannot be read

  @Test func pickleFilesAreNamedAndRefused() async {
    replaceWeights(by: ["pytorch_model.bin": Data("pickle".utf8)])
    let hub = test.hub()
    let error = await test.failure(hub)
    #expect(error?.code == .unsupportedModel)
    #expect(error?.message.contains("pytorch_model.bin") == true)
    #expect(error?.remedy.contains("model.safetensors") == true)
    #expect(hub.requests.count == 1)
  }

  @Test(arguments: [
    "adapter_model.safetensors", "tf_model.h5", "onnx/model.onnx", "training_args.bin",
    "tiny-00001-of-00002.gguf",
  ])
  func otherWeightsAreRefused(path: String) async {
    replaceWeights(by: [path: Data("x".utf8)])
    let error = await test.failure(test.hub())
    #expect(error?.code == .unsupportedModel)
    #expect(error?.message.contains("pickle") == false)
  }

  @Test func missingTokenizerIsNamed() async {
    test.contents["tokenizer.json"] = nil
    #expect(await test.failure(test.hub())?.message.contains("tokenizer.json") == true)
  }

  @Test func quantisedWeightsAreRefusedBeforeTheyCome() async {
    test.contents["config.json"] = Data(#"{"quantization_config":{"quant_method":"gptq"}}"#.utf8)
    let hub = test.hub()
    let error = await test.failure(hub)
    #expect(error?.code == .unsupportedModel && error?.message.contains("gptq") == true)
    #expect(hub.offsets(of: "model.safetensors").isEmpty)
  }

  // MARK: - Hostile answers

  @Test func hostileAnswersInstallNothing() async throws {
    let good = test.contents.map { TestRepository.entry($0.key, $0.value) }
    func answer(_ change: (String) -> String) -> Data {
      Data(change(String(decoding: TestRepository.answer(good), as: UTF8.self)).utf8)
    }
    let blob = TestRepository.gitBlob(test.contents["config.json"] ?? Data())
    let config = #""rfilename":"config.json","size":"#
    let answers: [Data] = [
      Data(), Data("null".utf8), Data("[]".utf8), Data("{}".utf8), Data([0xFF, 0xFE, 0x7B]),
      Data(String(repeating: "[", count: 200_000).utf8),
      TestRepository.answer(good + good),
      TestRepository.answer(good, commit: "main"),
      TestRepository.answer(good, commit: "../../../etc"),
      TestRepository.answer(good, commit: TestRepository.commit.uppercased()),
      answer { $0.replacing(blob, with: "zz" + blob.dropFirst(2)) },
      answer { $0.replacing(blob, with: "") },
      answer { $0.replacing(#""blobId""#, with: #""blob""#) },
      answer { $0.replacing(#""sha256""#, with: #""sha""#) },
      answer { $0.replacing(config, with: config + "-") },
      answer { $0.replacing(config, with: config + "9999999999999999999999") },
      answer { $0.replacing(config, with: config + "1e300,\"x\":") },
      answer { $0.replacing(config, with: config + "9223372036854775807,\"x\":") },
      answer { $0.replacing(config, with: config + "4398046511103,\"x\":") },
      answer { $0.replacing(#""size":"#, with: #""length":"#) },
      answer { $0.replacing("\"config.json\"", with: "\"../config.json\"") },
      answer { $0.replacing("\"config.json\"", with: "\"/config.json\"") },
      answer { $0.replacing("\"tokenizer.json\"", with: "{}") },
    ]
    for (number, listing) in answers.enumerated() {
      let error = await test.failure(test.hub(listing: listing))
      #expect(error != nil, "answer \(number)")
      #expect(test.cache.installed().isEmpty, "answer \(number)")
    }
    let outside = try FileManager.default.contentsOfDirectory(atPath: test.cache.folder.path)
    #expect(outside == ["models"])
  }

  /// Whatever the answer says, what is installed is whole, and nothing stands elsewhere.
  @Test func mutatedAnswersInstallTheModelOrNothing() async throws {
    test.contents["model.safetensors"] = TestRepository.safetensors(100)
    let good = TestRepository.answer(
      test.contents.sorted { $0.key < $1.key }.map { TestRepository.entry($0.key, $0.value) }
    )
    var random = SplitMix64(seed: 11)
    let signs = Array(#"{}[]",:/.\0-9e"#.utf8)
    for _ in 0..<120 {
      var listing = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<listing.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: listing[place] = signs.randomElement(using: &random) ?? 0
        case 1: listing.remove(at: place)
        default: listing = listing.prefix(place) + listing.dropFirst(place / 2)
        }
      }
      try? FileManager.default.removeItem(at: test.cache.folder)
      if await test.failure(test.hub(listing: listing)) == nil {
        let model = try #require(test.cache.installed().first)
        #expect(Set(model.files.map(\.path)).isSubset(of: TestRepository.taken))
        #expect(try test.cache.damagedFiles(of: model).isEmpty)
      } else {
        #expect(test.cache.installed().isEmpty)
      }
      let there = (try? FileManager.default.contentsOfDirectory(atPath: test.cache.folder.path))
      #expect(there == ["models"])
    }
  }

  @Test func pathsThatLeadElsewhereAreLeftAlone() async throws {
    let strange = [
      "../../up.gguf", "/etc/x.gguf", "1_Pooling/../../config.json", "a\\b.gguf", ".hidden.gguf",
      "../tokenizer.model", "1_Pooling//config.json", "x\u{1B}[31m.tiktoken/",
    ]
    let entries =
      test.contents.map { TestRepository.entry($0.key, $0.value) }
      + strange.map { path in
        let name = path.replacing("\\", with: "\\\\").replacing("\u{1B}", with: "\\u001b")
        return TestRepository.entry(name, Data("x".utf8))
      }
    _ = try await test.puller(test.hub(listing: TestRepository.answer(entries)))
      .pullModel(TestRepository.id)
    #expect(try test.holds(TestRepository.taken))
  }

  @Test func endlessAnswerIsCutOff() async {
    let endless = Data(repeating: UInt8(ascii: " "), count: 33 << 20)
    let error = await test.failure(test.hub(listing: endless))
    #expect(error?.cause?.contains("more than") == true)
  }

  @Test func modelThatDoesNotFitOnTheDiskIsNotBegun() async throws {
    let entries = test.contents.map { path, data in
      path == "model.safetensors"
        ? #"{"rfilename":"\#(path)","size":4000000000000,"lfs":{"size":4000000000000,"sha256":"#
          + "\"\(TestModel.sha256(data))\"}}"
        : TestRepository.entry(path, data)
    }
    let hub = test.hub(listing: TestRepository.answer(entries))
    #expect(await test.failure(hub) != nil)
    let free = try FileManager.default.attributesOfFileSystem(forPath: test.cache.folder.path)
    if let free = free[.systemFreeSize] as? Int, free < 4_000_000_000_000 {
      #expect(hub.offsets(of: "model.safetensors").isEmpty)
    }
  }
}
