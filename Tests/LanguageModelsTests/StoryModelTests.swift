import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// A real model, small enough for every run: stories260k, against what PyTorch computes with it
/// (Scripts/make-story-reference.py).
@Suite(.enabled(if: SharedData.holds("models/stories260k"), "needs the shared data"))
struct StoryModelTests {
  struct Reference: Decodable {
    var text: String
    var ids: [Int32]
    var loss: Double
    var greedy: [Int32]
    var story: String
  }

  static func reference() throws -> Reference {
    let file = TestModels.tiny.deletingLastPathComponent()
      .appendingPathComponent("stories260k.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  static func decoder(precision: WeightPrecision = .float32) throws -> CausalDecoder {
    try CausalDecoder(
      folder: SharedData.url("models/stories260k/huggingface"),
      precision: precision,
      pool: WorkerPool(threads: 2)
    )
  }

  static func gguf(_ name: String, precision: WeightPrecision) throws -> CausalDecoder {
    try CausalDecoder(
      gguf: GGUFFile(SharedData.url("models/stories260k/stories260k-\(name).gguf")),
      precision: precision,
      pool: WorkerPool(threads: 2)
    )
  }

  /// Logarithms of the probabilities.
  private func logProbabilities(_ logits: [Float]) -> [Double] {
    let values = logits.map { Double($0) }
    let highest = values.max() ?? 0
    let sum = log(values.reduce(0) { $0 + exp($1 - highest) }) + highest
    return values.map { $0 - sum }
  }

  @Test func theLossOfATextIsThatOfPyTorch() throws {
    let reference = try Self.reference()
    let decoder = try Self.decoder()
    let logits = try decoder.forward(reference.ids, cache: decoder.makeCache(), logits: .all)
    var loss = 0.0
    for (row, id) in zip(logits, reference.ids.dropFirst()) {
      loss -= logProbabilities(row)[Int(id)]
    }
    loss /= Double(reference.ids.count - 1)
    #expect(abs(exp(loss) - exp(reference.loss)) <= 1e-4 * exp(reference.loss))
  }

  @Test func twoHundredGreedyStepsAreThoseOfPyTorch() throws {
    let reference = try Self.reference()
    let decoder = try Self.decoder()
    let cache = try decoder.makeCache()
    var ids: [Int32] = [1]
    for _ in 0..<200 {
      let logits = try #require(try decoder.forward(ids.suffix(1), cache: cache).first)
      ids.append(Int32(try #require(decoder.kernels.argmax(logits))))
    }
    #expect(ids == reference.greedy)
  }

  @Test func theGGUFHasTheVeryLogitsOfTheFolder() throws {
    let ids = try Self.reference().ids
    let folder = try Self.decoder()
    let file = try Self.gguf("f32", precision: .float32)
    #expect(folder.configuration.endTokens == file.configuration.endTokens)
    #expect(
      try folder.forward(ids, cache: folder.makeCache(), logits: .all)
        == file.forward(ids, cache: file.makeCache(), logits: .all)
    )
  }

  @Test(arguments: ["folder", "q8_0"])
  func eightBitsHardlyChangeWhatComesNext(source: String) throws {
    let ids = try Self.reference().greedy + Self.reference().ids
    let exact = try Self.decoder()
    let quantized =
      source == "folder"
      ? try Self.decoder(precision: .int8) : try Self.gguf(source, precision: .int8)
    let expected = try exact.forward(ids, cache: exact.makeCache(), logits: .all)
    let found = try quantized.forward(ids, cache: quantized.makeCache(), logits: .all)
    var divergence = 0.0
    for (expected, found) in zip(expected, found) {
      let p = logProbabilities(expected)
      let q = logProbabilities(found)
      divergence += zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
    }
    divergence /= Double(ids.count)
    #expect(divergence <= 3e-3)
  }

  @Test(arguments: ["huggingface", "stories260k-f32.gguf"])
  func theStoryIsToldAsItIsKnown(source: String) throws {
    let reference = try Self.reference()
    let model = try LanguageModel(
      contentsOf: SharedData.url("models/stories260k/\(source)"),
      precision: .float32,
      pool: WorkerPool(threads: 2)
    )
    let settings = GenerationSettings(maximumTokens: 200)
    let result = try model.generate(prompt: "", settings: settings)
    #expect(result.text == reference.story)
    #expect(result.tokens.map(\.id) == Array(reference.greedy.dropFirst()))
    let known = try String(
      contentsOf: SharedData.url("models/stories260k/EXPECTED_OUTPUT.txt"),
      encoding: .utf8
    )
    #expect(known.hasPrefix(result.text))
    // Continued from its middle it is the same story.
    let start = try #require(result.text.range(of: " One day"))
    let rest = try model.generate(
      prompt: String(result.text[..<start.lowerBound]),
      settings: GenerationSettings(maximumTokens: 60)
    )
    #expect(result.text[start.lowerBound...].hasPrefix(rest.text) && !rest.text.isEmpty)
  }
}
