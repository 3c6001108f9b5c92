import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct PackedModelTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private var file: URL { folder.url.appendingPathComponent("model.attune") }

  @Test(arguments: WeightPrecision.allCases)
  func aPackedModelHasTheLogitsOfItsSource(precision: WeightPrecision) throws {
    for fixture in DecoderFixture.all {
      try CausalDecoder.pack(fixture.folder, to: file, precision: precision)
      let packed = try CausalDecoder(packed: file)
      let direct = try fixture.decoder(precision: precision)
      #expect(packed.configuration == direct.configuration && packed.precision == precision)
      let ids = try #require(try fixture.runs().last).ids
      #expect(
        try packed.forward(ids, cache: packed.makeCache(), logits: .all)
          == direct.forward(ids, cache: direct.makeCache(), logits: .all),
        "\(fixture)"
      )
    }
  }

  @Test func aGGUFIsPackedToo() throws {
    for fixture in DecoderFixture.withGGUF {
      try CausalDecoder.pack(fixture.gguf, to: file, precision: .float32)
      let packed = try CausalDecoder(packed: file)
      let run = try #require(try fixture.runs().last)
      let logits = try packed.forward(run.ids, cache: packed.makeCache(), logits: .all)
      #expect(largestDifference(logits, run.logits) <= 1e-4)
    }
  }

  @Test func theWeightsInAFileTakeWhatTheEstimateSays() throws {
    for fixture in DecoderFixture.all {
      let (configuration, _) = try LanguageModel.memoryEstimate(of: fixture.folder)
      for precision in [WeightPrecision.int8, .int4] {
        try CausalDecoder.pack(fixture.folder, to: file, precision: precision)
        let size = try #require(try file.resourceValues(forKeys: [.fileSizeKey]).fileSize)
        let estimate = MemoryEstimate(configuration, weights: precision, context: 64)
        let decoder = try CausalDecoder(packed: file)
        let stated = try LanguageModel.memoryEstimate(of: file, contextLength: 64).memory
        #expect(stated == estimate)
        #expect(estimate.cache == (try decoder.makeCache()).byteCount)
        // Header and alignment come on top.
        #expect((estimate.weights...estimate.weights + 16_384).contains(size))
      }
    }
  }

  @Test func progressEndsAtOneAndNothingElseIsLeft() throws {
    var steps: [Double] = []
    try CausalDecoder.pack(
      DecoderFixture(name: "llama").folder,
      to: file,
      precision: .int8,
      progress: { steps.append($0) }
    )
    #expect(steps == steps.sorted() && steps.last == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["model.attune"]
    )
  }

  @Test func aFailedImportLeavesTheOldFileAndNoPieces() throws {
    try folder.write("old", to: "model.attune")
    let source = try TemporaryDirectory()
    let fixture = DecoderFixture(name: "llama").folder
    try source.write(
      Data(contentsOf: fixture.appendingPathComponent("config.json")),
      to: "config.json"
    )
    var weights = try WeightFile(fixture.appendingPathComponent("model.safetensors"))
    weights.rename { $0.replacing("layers.1.mlp.down_proj", with: "layers.1.mlp.none") }
    try source.write(weights.data(), to: "model.safetensors")
    let error = #expect(throws: LanguageModelError.self) {
      try CausalDecoder.pack(source.url, to: file)
    }
    #expect(error?.code == .weightMismatch && error?.message.contains("down_proj") == true)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["model.attune"]
    )
    #expect(try String(contentsOf: file, encoding: .utf8) == "old")
    let nowhere = folder.url.appendingPathComponent("absent/model.attune")
    #expect(throws: LanguageModelError.self) { try CausalDecoder.pack(fixture, to: nowhere) }
  }

  @Test func anImportedFolderAnswersLikeItsSource() throws {
    let tiny = try TinyModel()
    try LanguageModel.importModel(from: tiny.folder.url, into: folder.url, precision: .int8)
    let direct = try tiny.load(precision: .int8)
    let settings = GenerationSettings(
      maximumTokens: 30,
      sampling: SamplingSettings(temperature: 1, seed: 6)
    )
    let expected = try direct.generate(prompt: "once", settings: settings)
    for url in [folder.url, file] {
      let model = try LanguageModel(contentsOf: url)
      #expect(try model.generate(prompt: "once", settings: settings) == expected)
      #expect(model.chatTemplate != nil && model.chatSettings == direct.chatSettings)
    }
    let error = #expect(throws: LanguageModelError.self) {
      try LanguageModel(contentsOf: folder.url, precision: .int4)
    }
    #expect(error?.code == .invalidInput)
  }

  @Test(.enabled(if: SharedData.holds("models/stories260k"), "needs the shared data"))
  func anImportedGGUFKeepsItsTokenizer() throws {
    let source = try SharedData.url("models/stories260k/stories260k-q8_0.gguf")
    try LanguageModel.importModel(from: source, into: folder.url)
    let model = try LanguageModel(contentsOf: folder.url)
    #expect(model.decoder.precision == .int8)
    let settings = GenerationSettings(maximumTokens: 40)
    let expected = try LanguageModel(contentsOf: source).generate(prompt: "One", settings: settings)
    #expect(try model.generate(prompt: "One", settings: settings) == expected)
    #expect(expected.text.hasPrefix(" day"))
  }

  @Test func mutatedPackedFilesNeverTrap() throws {
    try CausalDecoder.pack(DecoderFixture(name: "qwen2").folder, to: file, precision: .int8)
    let refused = try Mutation.survive(file, seed: 11, count: 300, headBytes: 4000) { url in
      let decoder = try CausalDecoder(packed: url)
      _ = try decoder.forward([1, 2, 3], cache: decoder.makeCache(capacity: 8))
    }
    #expect(refused > 150)
  }
}
