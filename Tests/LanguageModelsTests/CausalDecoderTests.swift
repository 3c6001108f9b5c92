import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct CausalDecoderTests {
  @Test(arguments: DecoderFixture.all)
  func theLogitsAreThoseOfTransformers(fixture: DecoderFixture) throws {
    for variant in KernelSet.supported {
      let decoder = try fixture.decoder(variant)
      for run in try fixture.runs() {
        let logits = try decoder.forward(run.ids, cache: decoder.makeCache(), logits: .all)
        #expect(largestDifference(logits, run.logits) <= 1e-4, "\(variant)")
      }
    }
  }

  @Test(arguments: DecoderFixture.all)
  func tokensOneByOneGiveTheLogitsOfTheWholePrompt(fixture: DecoderFixture) throws {
    let decoder = try fixture.decoder()
    // The last run is the longest; with LongRoPE each has frequencies of its own.
    for run in try fixture.runs() {
      let cache = try decoder.makeCache()
      var last: [[Float]] = []
      for id in run.ids { last = try decoder.forward([id], cache: cache) }
      let whole = try decoder.forward(run.ids, cache: decoder.makeCache())
      #expect(last == whole)
      #expect(largestDifference(last, run.logits.suffix(1)) <= 1e-4)
      #expect(cache.tokens == run.ids)
    }
  }

  @Test func theCutOfThePromptAndTheThreadsChangeNothing() throws {
    let fixture = DecoderFixture(name: "gemma3")
    let ids = try #require(try fixture.runs().first).ids
    let whole = try fixture.decoder().forward(ids, cache: fixture.decoder().makeCache())
    var random = SplitMix64(seed: 5)
    for threads in [1, 3] {
      let decoder = try fixture.decoder(threads: threads)
      let cache = try decoder.makeCache()
      var rest = ids[...]
      var last: [[Float]] = []
      while !rest.isEmpty {
        let count = Int.random(in: 1...7, using: &random)
        last = try decoder.forward(Array(rest.prefix(count)), cache: cache)
        rest = rest.dropFirst(count)
      }
      #expect(last == whole)
    }
  }

  @Test(arguments: DecoderFixture.withGGUF)
  func aGGUFHasTheLogitsOfTheFolderItCameFrom(fixture: DecoderFixture) throws {
    let file = try GGUFFile(fixture.gguf)
    let decoder = try CausalDecoder(gguf: file, precision: .float32)
    for run in try fixture.runs() {
      let logits = try decoder.forward(run.ids, cache: decoder.makeCache(), logits: .all)
      #expect(largestDifference(logits, run.logits) <= 1e-4)
    }
  }

  @Test(arguments: ["llama", "qwen2-sliding", "gemma3"])
  func aCacheCutBackContinuesAsIfItHadNeverGoneOn(name: String) throws {
    let fixture = DecoderFixture(name: name)
    let decoder = try fixture.decoder()
    let ids = try #require(try fixture.runs().first).ids
    let cache = try decoder.makeCache()
    _ = try decoder.forward(ids, cache: cache, logits: .none)
    #expect(cache.sharedPrefix(with: Array(ids.prefix(10)) + [(ids[10] + 1) % 50]) == 10)
    #expect(cache.truncate(to: 10) == 10)
    let other: [Int32] = [7, 3, 9]
    let continued = try decoder.forward(other, cache: cache)
    let fresh = try decoder.forward(Array(ids.prefix(10)) + other, cache: decoder.makeCache())
    #expect(continued == fresh)
  }

  @Test(arguments: ["language_model.", "model.language_model."])
  func theTextPartOfAModelWithPicturesIsFound(prefix: String) throws {
    let fixture = DecoderFixture(name: "gemma3")
    let folder = try TemporaryDirectory()
    let file = fixture.folder.appendingPathComponent("config.json")
    let inner = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let outer: [String: Any] = ["model_type": "gemma3", "text_config": inner]
    try folder.write(JSONSerialization.data(withJSONObject: outer), to: "config.json")
    var weights = try WeightFile(fixture.folder.appendingPathComponent("model.safetensors"))
    // The older form has the prefix before the text model's own names, the newer inside them.
    weights.rename {
      prefix.hasPrefix("model.") ? $0.replacing(/^model\./, with: prefix) : prefix + $0
    }
    try folder.write(weights.data(), to: "model.safetensors")
    let decoder = try CausalDecoder(folder: folder.url, precision: .float32)
    let run = try #require(try fixture.runs().first)
    let logits = try decoder.forward(run.ids, cache: decoder.makeCache(), logits: .all)
    #expect(largestDifference(logits, run.logits) <= 1e-4)
  }

  @Test func aTokenOutsideTheVocabularyIsRefused() throws {
    let decoder = try DecoderFixture(name: "llama").decoder()
    let cache = try decoder.makeCache()
    for ids: [Int32] in [[-1], [50], [1, .max]] {
      let error = #expect(throws: LanguageModelError.self) {
        try decoder.forward(ids, cache: cache)
      }
      #expect(error?.code == .invalidInput)
    }
    #expect(cache.count == 0)
  }

  @Test func whatDoesNotFitTheContextIsRefused() throws {
    let decoder = try DecoderFixture(name: "llama").decoder()
    let cache = try decoder.makeCache(capacity: 8)
    _ = try decoder.forward([1, 2, 3, 4, 5], cache: cache)
    let error = #expect(throws: LanguageModelError.self) {
      try decoder.forward([1, 2, 3, 4], cache: cache)
    }
    #expect(error?.code == .contextExceeded)
    #expect(cache.count == 5)
    #expect(throws: LanguageModelError.self) { try decoder.makeCache(capacity: 65) }
    #expect(throws: LanguageModelError.self) { try decoder.makeCache(capacity: 0) }
  }

  @Test func aCacheOfAnotherModelIsRefused() throws {
    let cache = try DecoderFixture(name: "qwen3").decoder().makeCache()
    let decoder = try DecoderFixture(name: "llama").decoder()
    #expect(throws: LanguageModelError.self) { try decoder.forward([1], cache: cache) }
  }
}
